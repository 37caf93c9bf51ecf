import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { arrangeSettingsSchema, USUAL_FREEDOM } from '../../../main/contract/arrangement.ts';
import { type Library, openLibrary } from '../../../main/engine/library/library.ts';
import { TakeDesk } from '../../../main/engine/takes/take-desk.ts';
import {
  codeOf,
  DAY_ONE,
  makeArrangement,
  makeFile,
  makeFolder,
  makeSong,
  removeFolder,
} from '../library/fixtures.ts';

const song = makeSong(1);
let folder: string;
let library: Library;
let desk: TakeDesk;
beforeEach(() => {
  folder = makeFolder();
  library = openLibrary(folder);
  library.songs.add(song, makeFile(1), DAY_ONE);
  desk = new TakeDesk(library, () => DAY_ONE);
});
afterEach(() => {
  library.close();
  removeFolder(folder);
});

/** A take of one bar: a bass note of half the bar, the melody on top. */
function addTake(seed: number, model: 'songleaf' | 'a2s' | 'chords', of = song): string {
  const made = makeArrangement(of, seed);
  const bar = { start: 0, beats: 4, metreBeats: 4, unit: 'quarter' as const };
  const settings = arrangeSettingsSchema.parse({ model, seed, melody: 'omit', level: 'easy' });
  const notes = [
    { start: 0, duration: 96, pitch: 40, velocity: 60, role: 'bass' as const },
    { start: 25, duration: 5, pitch: 64, velocity: 60, role: 'inner' as const },
    { start: 48, duration: 48, pitch: 72, velocity: 60, role: 'melody' as const },
  ];
  return library.takes.add({ ...made, bars: [bar], settings, notes }, DAY_ONE).id;
}

const texture = {
  title: song.title,
  steps: 16,
  bars: [0],
  notes: [
    [0, 40, 8],
    [2, 64, 1],
  ],
};

describe('textures to follow', () => {
  it('are those of takes, on sixteenths and without the melody', () => {
    expect(desk.texture(addTake(1, 'chords'))).toEqual(texture);
  });

  it('are those of files, which may be nothing of the kind', () => {
    const waltz = readFileSync(new URL('../../fixtures/arrangements/waltz.musicxml', import.meta.url));
    expect(desk.readTexture('waltz.musicxml', gzipSync(waltz))).toMatchObject({ steps: 12, bars: [0] });
    expect(codeOf(() => desk.readTexture('waltz.musicxml', waltz))).toBe('score-invalid');
    expect(codeOf(() => desk.readTexture('x.mid', gzipSync(Buffer.from('not music'))))).toBe('score-invalid');
    // Packed small, unpacked without end.
    const bomb = gzipSync(Buffer.alloc(33 * 1024 * 1024));
    expect(codeOf(() => desk.readTexture('x.mid', bomb))).toBe('score-invalid');
  });
});

describe('a take between two', () => {
  it('goes back to what takes were drawn from, or to their notes', () => {
    const [one, two] = [addTake(3, 'a2s'), addTake(1, 'chords')];
    expect(desk.morph(one, two, 0.25)).toEqual({
      songId: song.hash,
      settings: {
        ...{ model: 'a2s', level: 'easy', melody: 'omit', seed: 1 },
        style: {
          kind: 'morph',
          from: { seed: 3, freedom: USUAL_FREEDOM, style: { kind: 'song' } },
          to: { seed: 1, freedom: 0, style: { kind: 'score', score: texture } },
          share: 0.25,
        },
      },
    });
  });

  it('goes by the notes of a take that was mended', () => {
    const [one, two] = [addTake(3, 'a2s'), addTake(4, 'a2s')];
    desk.edit(one, { kind: 'delete', note: { part: 'piano', start: 25, pitch: 64 } });
    const { style } = desk.morph(one, two, 0.5).settings;
    expect(style).toMatchObject({
      from: { style: { kind: 'score', score: { notes: [[0, 40, 8]] } } },
      to: { seed: 4, style: { kind: 'song' } },
    });
  });

  it('is written by the learned arranger, from the notes of both, where none of them is of `a2s`', () => {
    const { settings } = desk.morph(addTake(3, 'songleaf'), addTake(1, 'chords'), 0.5);
    const end = { seed: 1, freedom: 0, style: { kind: 'score', score: texture } };
    expect(settings).toMatchObject({ model: 'songleaf', style: { from: end, to: end } });
  });

  it('needs two takes of one song', () => {
    const other = makeSong(2);
    library.songs.add(other, makeFile(2), DAY_ONE);
    expect(codeOf(() => desk.morph(addTake(1, 'a2s'), addTake(1, 'a2s', other), 0.5))).toBe('bad-request');
  });
});
