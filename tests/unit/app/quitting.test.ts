import { EventEmitter } from 'node:events';
import type { App } from 'electron';
import { expect, test, vi } from 'vitest';
import type { AppWindows } from '../../../main/app/app-windows.ts';
import type { RunningJobs } from '../../../main/app/quit-question.ts';
import type { EngineHost } from '../../../main/shell/engine-host.ts';

let quits = true;
const asked = vi.fn(async () => quits);
vi.mock('../../../main/app/quit-question.ts', () => ({ mayQuit: () => asked() }));
const { Quitting } = await import('../../../main/app/quitting.ts');

/** An app whose `quit` asks its listeners as Electron's does, and the words of what happened. */
function makeApp(running: boolean) {
  const happened: string[] = [];
  const app = Object.assign(new EventEmitter(), {
    quit() {
      let stopped = false;
      app.emit('before-quit', {
        preventDefault: () => {
          stopped = true;
        },
      });
      happened.push(stopped ? 'stopped' : 'quit');
    },
  });
  const windows = Object.assign(new Map([[1, { hide: () => happened.push('hidden') }]]), { quitting: false });
  const quitting = new Quitting(app as unknown as App, {
    engine: { close: async () => void happened.push('stored') } as unknown as EngineHost,
    running: { any: running } as RunningJobs,
    windows: windows as unknown as AppWindows,
  });
  return { app, happened, windows, quitting };
}

test('waits until the work is stored, once, and then quits', async () => {
  const { app, happened, windows } = makeApp(false);
  app.quit();
  app.quit();
  await vi.waitFor(() => expect(happened.at(-1)).toBe('quit'));
  expect(happened).toEqual(['hidden', 'stored', 'stopped', 'stopped', 'quit']);
  expect(windows.quitting).toBe(true);
  expect(asked).not.toHaveBeenCalled();
});

test('asks amid work, and stays where that is wanted, to be asked again', async () => {
  const { app, happened } = makeApp(true);
  quits = false;
  app.quit();
  await vi.waitFor(() => expect(asked).toHaveBeenCalledTimes(1));
  await Promise.resolve();
  expect(happened).toEqual(['stopped']);
  quits = true;
  app.quit();
  await vi.waitFor(() => expect(happened.at(-1)).toBe('quit'));
  expect(asked).toHaveBeenCalledTimes(2);
});

test('quits at once where nothing was opened', () => {
  const { happened, quitting } = makeApp(true);
  quitting.atOnce();
  expect(happened).toEqual(['quit']);
});
