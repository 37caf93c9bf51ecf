import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { createLibrary } from '../../../renderer/state/library.ts';
import type { Library } from '../../../renderer/state/library-state.ts';
import { defaultSettings } from '../../../renderer/state/settings.ts';
import { connectDirectly, type DirectTransport } from './support/direct-transport.ts';

const song = path.join(import.meta.dirname, '../../fixtures/lets_go_fishin.ogg');

/** A real song, heard once for all of this file. */
describe('takes in the window, on an engine', () => {
  let folder: string;
  let transport: DirectTransport;
  let library: Library;
  let songId: string;
  const takes = () => library.getState().takes[songId] ?? [];
  const removed = () => library.getState().removedTakes[songId] ?? [];
  const take = (number: number) => takes().find((each) => each.number === number)!;
  const desk = () => library.getState().takeDesk;
  const wish = { model: 'chords', level: 'easy', melody: 'include' } as const;

  beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'songleaf-takes-'));
    transport = await connectDirectly(path.join(folder, 'library'));
    library = createLibrary(transport);
    await library.getState().load();
    transport.picked = [song];
    await library.getState().pickSongs();
    songId = library.getState().selectedSong!;
    await vi.waitUntil(() => takes().length === 1, { timeout: 600_000, interval: 200 });
  }, 600_000);
  afterAll(async () => {
    await transport.close();
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  });

  test('several are written at once, with seeds of their own, and do not take the place of what is shown', async () => {
    const shown = library.getState().selectedTakes[songId];
    await desk().more(songId, wish, 2);
    // Asked for again before the first are there.
    await desk().more(songId, wish, 1);
    await expect.poll(() => takes().length, { timeout: 300_000, interval: 200 }).toBe(4);
    expect(takes().map(({ number }) => number)).toEqual([1, 2, 3, 4]);
    expect(takes().map(({ settings }) => settings.seed)).toEqual([defaultSettings.seed, 1, 2, 3]);
    expect(library.getState().selectedTakes[songId]).toBe(shown);
    expect(library.getState().notices.filter(({ kind }) => kind === 'error')).toEqual([]);
  });

  test('are starred, named, deleted and brought back', async () => {
    await desk().star(take(2), true);
    await desk().rename(take(2), 'Verse');
    expect(take(2)).toMatchObject({ starred: true, name: 'Verse' });
    await desk().remove(take(2));
    await desk().remove(take(3));
    expect(takes().map(({ number }) => number)).toEqual([1, 4]);
    expect(removed().map(({ number }) => number)).toEqual([3, 2]);
    expect(library.getState().notices.filter(({ kind }) => kind === 'take-removed')).toHaveLength(2);
    expect(await desk().undoRemove(songId)).toBe(true);
    await desk().restore(removed()[0]!);
    expect(take(2)).toMatchObject({ starred: true, name: 'Verse' });
    expect(await desk().undoRemove(songId)).toBe(false);
    await desk().rename(take(2), null);
    expect(take(2).name).toBeNull();
  });

  test('are compared, drawn together, tried and kept as one, the same each time', async () => {
    const pair = [take(1), take(4)];
    const { differences } = await desk().compare(pair);
    const bars = differences.length;
    expect(bars).toBeGreaterThan(40);
    expect(differences.filter((share) => share > 0).length).toBeGreaterThan(bars / 2);
    const named = pair.map(({ id, number }) => ({ takeId: id, name: String(number) }));
    const { musicxml, staves } = await desk().scoreTogether(named, 0);
    expect(staves).toEqual([2, 2]);
    expect(musicxml.match(/<measure /g)).toHaveLength(2 * bars);
    const picks = [
      { takeId: pair[0]!.id, first: 0, last: 7 },
      { takeId: pair[1]!.id, first: 8, last: 15 },
      { takeId: pair[0]!.id, first: 16, last: bars - 1 },
    ];
    const tried = await desk().tryComp(picks);
    const comp = await desk().comp(songId, picks);
    expect(comp).toMatchObject({ origin: { kind: 'comp', picks }, settings: { level: 'full' } });
    expect(await transport.call('takes.performance', { takeId: comp!.id })).toEqual(tried);
    expect((await desk().comp(songId, picks))?.id).toBe(comp!.id);
    // It is its sources, away from the joins.
    const [first, middle] = [pair[0]!, pair[1]!].map((source) => desk().compare([comp!, source]));
    expect((await first!).differences.slice(18).every((share) => share === 0)).toBe(true);
    expect((await middle!).differences.slice(10, 14).every((share) => share === 0)).toBe(true);
    expect(await desk().comp(songId, picks.slice(1))).toBeNull();
    expect(library.getState().notices.at(-1)).toMatchObject({
      kind: 'error',
      error: { code: 'bad-request' },
    });
  });

  test('are written anew in some bars only', async () => {
    const source = take(4);
    const bars = [8, 9, 10, 11];
    const jobs = await desk().roll(source, bars, 2);
    expect(jobs).toHaveLength(2);
    const rolled = () => takes().filter(({ origin }) => origin?.kind === 'roll');
    await expect.poll(() => rolled().length, { timeout: 300_000, interval: 200 }).toBe(2);
    for (const each of rolled()) {
      expect(each.origin).toMatchObject({ kind: 'roll', takeId: source.id, bars });
      const { differences } = await desk().compare([source, each]);
      const changed = differences.flatMap((share, bar) => (share > 0 ? [bar] : []));
      expect(changed.length).toBeGreaterThan(0);
      // A note of the bar before may end at the first new one.
      for (const bar of changed) expect(bar >= 7 && bar <= 11).toBe(true);
    }
  });

  test('are mended note by note', async () => {
    const before = await desk().readMusic(take(1));
    const note = before.notes[10]!;
    const name = { part: note.part, start: note.start, pitch: note.pitch };
    await desk().edit(take(1), { kind: 'delete', note: name });
    expect(take(1)).toMatchObject({ edits: 1, revision: 1, facts: null });
    const after = await desk().readMusic(take(1));
    expect(after.notes).toHaveLength(before.notes.length - 1);
    expect(after.undo).toMatchObject({ kind: 'delete' });
    const heard = await transport.call('takes.performance', { takeId: take(1).id });
    await desk().undoEdit(take(1));
    expect((await desk().readMusic(take(1))).notes).toEqual(before.notes);
    await desk().redoEdit(take(1));
    expect(await transport.call('takes.performance', { takeId: take(1).id })).toEqual(heard);
    // What cannot be is told, and changes nothing.
    await desk().edit(take(1), { kind: 'delete', note: name });
    expect(library.getState().notices.at(-1)).toMatchObject({ kind: 'error' });
    expect(take(1).edits).toBe(1);
  });
});
