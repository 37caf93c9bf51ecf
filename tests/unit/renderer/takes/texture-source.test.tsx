// @vitest-environment happy-dom
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import type { ReactNode } from 'react';
import { I18nextProvider } from 'react-i18next';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Take } from '../../../../main/contract/library.ts';
import { MorphTakes } from '../../../../renderer/features/takes/morph-takes.tsx';
import { JoinsField } from '../../../../renderer/features/takes/texture-fields.tsx';
import { TextureSource } from '../../../../renderer/features/takes/texture-source.tsx';
import { settleWish, useWishes } from '../../../../renderer/features/takes/wish-state.ts';
import { i18n } from '../../../../renderer/i18n/i18n.ts';
import { createLibrary } from '../../../../renderer/state/library.ts';
import { defaultSettings, sameWish } from '../../../../renderer/state/settings.ts';
import { LibraryProvider } from '../../../../renderer/state/use-library.tsx';
import { TransportProvider } from '../../../../renderer/state/use-transport.tsx';
import type { Transport } from '../../../../renderer/transport/transport.ts';
import { connectDirectly, type DirectTransport } from '../support/direct-transport.ts';

let folder: string;
let engine: DirectTransport;
const asked: { name: string; input: unknown }[] = [];
const score = { title: 'Verse', steps: 16, bars: [0], notes: [[0, 60, 4]] };

/** An engine that has the networks of all arrangers, and takes. */
function connect(): Transport {
  const answers: Record<string, unknown> = {
    'engine.models': ['songleaf', 'a2s'],
    'takes.texture': score,
    'takes.morph': {},
  };
  return {
    ...engine,
    call: ((name: 'songs.list', input: never) => {
      asked.push({ name, input });
      return name in answers ? Promise.resolve(answers[name]) : engine.call(name, input);
    }) as Transport['call'],
  };
}

function show(view: ReactNode): void {
  const transport = connect();
  render(
    <I18nextProvider i18n={i18n}>
      <TransportProvider transport={transport}>
        <LibraryProvider library={createLibrary(transport)}>{view}</LibraryProvider>
      </TransportProvider>
    </I18nextProvider>,
  );
}

const takes = [1, 2].map(
  (number) =>
    ({
      id: `take${number}`,
      songId: 's',
      number,
      name: null,
      origin: null,
      settings: defaultSettings,
    }) as Take,
);

beforeEach(async () => {
  await i18n.changeLanguage('en');
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'songleaf-texture-'));
  engine = await connectDirectly(path.join(folder, 'library'));
  useWishes.getState().ask({ model: 'a2s', style: { kind: 'song' } });
  asked.length = 0;
});
afterEach(async () => {
  cleanup();
  await engine.close();
  fs.rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
});

describe('the texture of the next takes', () => {
  test('is that of a take', async () => {
    show(<TextureSource takes={takes} />);
    fireEvent.click(screen.getByRole('radio', { name: 'Other music' }));
    // Nothing is followed before something is chosen.
    expect(settleWish(useWishes.getState()).style).toBeUndefined();
    fireEvent.click(screen.getByRole('button', { name: 'Of a take…' }));
    fireEvent.click(await screen.findByRole('menuitem', { name: /Take 2/ }));
    expect(await screen.findByText('“Verse”, 1 bar')).toBeTruthy();
    expect(asked).toContainEqual({ name: 'takes.texture', input: { takeId: 'take2' } });
    expect(settleWish(useWishes.getState()).style).toEqual({ kind: 'score', score });
    fireEvent.click(screen.getByRole('radio', { name: 'Of the song' }));
    expect(settleWish(useWishes.getState()).style).toBeUndefined();
  });

  test('is that of a score that is dropped, which the window does not take for a recording', async () => {
    show(<TextureSource takes={[]} />);
    fireEvent.click(screen.getByRole('radio', { name: 'Other music' }));
    const waltz = path.join(import.meta.dirname, '../../../fixtures/arrangements/waltz.musicxml');
    const file = new File([fs.readFileSync(waltz)], 'waltz.musicxml');
    const dropped: Event[] = [];
    const listen = (event: Event) => void dropped.push(event);
    window.addEventListener('drop', listen);
    fireEvent.drop(screen.getByRole('region', { name: 'Other music' }), { dataTransfer: { files: [file] } });
    window.removeEventListener('drop', listen);
    expect(await screen.findByText('“Waltz & <Trio>”, 1 bar')).toBeTruthy();
    expect(dropped.filter((event) => 'dataTransfer' in event && event.dataTransfer)).toEqual([]);
    const { style } = settleWish(useWishes.getState());
    expect(style).toMatchObject({ kind: 'score', score: { steps: 12 } });
    useWishes.getState().ask({ model: 'songleaf' });
    expect(settleWish(useWishes.getState()).style).toEqual(style);
    // Arrangers that do not follow it are not asked to.
    useWishes.getState().ask({ model: 'chords' });
    expect(settleWish(useWishes.getState()).style).toBeUndefined();
  });
});

describe('a take between two', () => {
  test('is asked for once two are picked', async () => {
    show(<MorphTakes picked={takes} />);
    fireEvent.click(await screen.findByRole('button', { name: 'Between…' }));
    fireEvent.change(screen.getByRole('slider'), { target: { value: '0.3' } });
    fireEvent.click(screen.getByRole('button', { name: 'Write this take' }));
    await waitFor(() =>
      expect(asked).toContainEqual({
        name: 'takes.morph',
        input: { from: 'take1', to: 'take2', share: 0.3 },
      }),
    );
  });

  test('needs two', () => {
    show(<MorphTakes picked={takes.slice(1)} />);
    expect(screen.getByRole('button', { name: 'Between…' }).hasAttribute('disabled')).toBe(true);
  });
});

describe('how bars go on', () => {
  test('is asked of the arranger that has a say in it, and makes a wish of its own', () => {
    show(<JoinsField />);
    const plain = settleWish(useWishes.getState());
    fireEvent.click(screen.getByRole('radio', { name: 'From the last' }));
    expect(screen.getByText(/in the texture of the one before/)).toBeTruthy();
    const following = settleWish(useWishes.getState());
    expect(following.joins).toBe('following');
    expect(sameWish(plain, following)).toBe(false);
    expect(sameWish(plain, { ...plain, joins: 'two-bar' })).toBe(true);
    useWishes.getState().ask({ model: 'songleaf' });
    expect(settleWish(useWishes.getState()).joins).toBeUndefined();
  });
});
