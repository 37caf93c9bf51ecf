import { EventEmitter } from 'node:events';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { BrowserWindow } from 'electron';
import { describe, expect, test } from 'vitest';
import { fitPlace, keepPlace, readPlace, type WindowPlace } from '../../../main/app/window-place.ts';
import { temporaryFolder } from './support/temporary.ts';

const screens = [
  { x: 0, y: 25, width: 1920, height: 1055 },
  { x: 1920, y: 0, width: 1280, height: 1024 },
];
const place = (change: Partial<WindowPlace> = {}): WindowPlace => ({
  x: 100,
  y: 100,
  width: 1280,
  height: 800,
  maximized: false,
  ...change,
});

describe('fitPlace', () => {
  test('keeps a place on any screen, and half of one', () => {
    for (const kept of [place(), place({ x: 2000 }), place({ x: -1000 }), place({ y: 900 })]) {
      expect(fitPlace(kept, screens)).toEqual(kept);
    }
  });

  test.each([
    ['there is none', null],
    ['its screen has gone', place({ x: 3300 })],
    ['too little of it is on a screen', place({ x: -1200 })],
    ['its title bar is above the screen', place({ y: 0, x: 50 })],
    ['it is below the screen', place({ y: 1040 })],
  ])('gives it up where %s', (_why, kept) => {
    expect(fitPlace(kept, screens)).toBeNull();
  });

  test('makes a window no larger than its screen', () => {
    expect(fitPlace(place({ width: 4000, height: 3000 }), screens)).toMatchObject({
      width: 1920,
      height: 1055,
    });
  });
});

describe('a place kept in a file', () => {
  test.each(['', '{', '[]', '{"x":1}', '{"x":1.5,"y":0,"width":5,"height":5,"maximized":false}', 'null'])(
    'is none where the file holds %j',
    (text) => {
      const file = path.join(temporaryFolder(), 'window.json');
      writeFileSync(file, text);
      expect(readPlace(file)).toBeNull();
    },
  );

  /** As much of a window as is asked. */
  function fakeWindow(bounds: object, state: { full?: boolean; max?: boolean } = {}): BrowserWindow {
    return Object.assign(new EventEmitter(), {
      getNormalBounds: () => bounds,
      isMaximized: () => state.max ?? false,
      isFullScreen: () => state.full ?? false,
      isDestroyed: () => false,
    }) as unknown as BrowserWindow;
  }

  test('is that of the window when it closes', () => {
    const folder = temporaryFolder();
    const file = path.join(folder, 'window.json');
    const window = fakeWindow({ x: 5, y: 30, width: 900, height: 700 }, { max: true });
    keepPlace(window, file);
    window.emit('close');
    expect(readPlace(file)).toEqual({ x: 5, y: 30, width: 900, height: 700, maximized: true });
    expect(readdirSync(folder)).toEqual(['window.json']);
  });

  test('is not that of the full screen, and a file that cannot be written stops nothing', () => {
    const folder = temporaryFolder();
    const file = path.join(folder, 'window.json');
    const full = fakeWindow({ x: 0, y: 0, width: 9, height: 9 }, { full: true });
    keepPlace(full, file);
    full.emit('close');
    expect(readPlace(file)).toBeNull();
    mkdirSync(`${file}.part`);
    const window = fakeWindow({ x: 0, y: 0, width: 900, height: 700 });
    keepPlace(window, file);
    expect(() => window.emit('close')).not.toThrow();
  });
});
