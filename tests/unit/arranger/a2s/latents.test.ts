import { describe, expect, it } from 'vitest';
import type { EncodedSong } from '../../../../main/engine/arranger/a2s/encode-song.ts';
import { chooseLatents } from '../../../../main/engine/arranger/a2s/latents.ts';
import { smoothJoins } from '../../../../main/engine/arranger/a2s/smooth-joins.ts';
import type { Song } from '../../../../main/engine/arranger/song.ts';

const WINDOWS = 400;
const SIZES = { chords: 2, audio: 3, score: 2 };
const SIZE = SIZES.chords + SIZES.audio + SIZES.score;

/** Means 1, 2, …, deviations 0.5 and 2. */
function gaussians(size: number, deviation: number) {
  const mean = Float32Array.from({ length: WINDOWS * size }, (_, i) => (i % size) + 1);
  return { size, mean, deviation: new Float32Array(WINDOWS * size).fill(deviation) };
}

const bars = Array.from({ length: WINDOWS }, (_, i) => ({ first: 16 * i, last: 16 * i + 16 }));
const encoded: EncodedSong = {
  steps: [],
  bars,
  pickup: false,
  windows: bars.map(({ first, last }, bar) => ({ first, from: first, to: last, bar })),
  chords: gaussians(SIZES.chords, 0.5),
  audio: gaussians(SIZES.audio, 2),
};
/** Every fifth bar begins section A again, whose first three bars come again. */
const places = bars.map((_, bar) => ({ label: bar % 5 < 3 ? 'A' : `B${bar}`, barInSection: bar % 5 }));
const song = { places } as Pick<Song, 'places'> as Song;
const noScores = () => Promise.reject(new Error('no score was given'));

async function draw(freedom: number, seed = 3, kind: 'song' | 'chance' = 'song') {
  return await chooseLatents(encoded, song, { seed, freedom }, { kind }, SIZE, noScores);
}

function spread(latents: Float32Array, at: number): { mean: number; deviation: number } {
  // Places that come again are drawn alike and count once.
  const own = bars.flatMap((_, row) => (row % 5 > 2 || row < 5 ? [latents[row * SIZE + at]] : []));
  const mean = own.reduce((sum, value) => sum + value, 0) / own.length;
  return {
    mean,
    deviation: Math.sqrt(own.reduce((sum, value) => sum + (value - mean) ** 2, 0) / own.length),
  };
}

describe('latents', () => {
  it('are the means, and 0 for the score, without chance', async () => {
    const row = [1, 2, 1, 2, 3, 0, 0];
    expect(Array.from(await draw(0))).toEqual(Array.from({ length: WINDOWS }, () => row).flat());
  });

  it('spread with chance as the model says: nothing, its own deviation, one', async () => {
    const latents = await draw(0.5);
    expect(spread(latents, 1)).toEqual({ mean: 2, deviation: 0 });
    const [audio, score] = [spread(latents, 3), spread(latents, 6)];
    // 165 places: standard errors are 0.08 and 0.04 of the means, 0.055 and 0.028 of the deviations.
    expect(Math.abs(audio.mean - 2)).toBeLessThan(0.3);
    expect(Math.abs(audio.deviation - 1)).toBeLessThan(0.2);
    expect(Math.abs(score.mean)).toBeLessThan(0.15);
    expect(Math.abs(score.deviation - 0.5)).toBeLessThan(0.1);
  });

  it('are alike where the music repeats, and by no other seed', async () => {
    const [one, two] = [await draw(1), await draw(1, 4)];
    const row = (latents: Float32Array, bar: number) =>
      Array.from(latents.subarray(bar * SIZE, (bar + 1) * SIZE));
    expect(row(one, 1)).toEqual(row(one, 6));
    expect(row(one, 1)).not.toEqual(row(one, 2));
    expect(row(one, 1)).not.toEqual(row(two, 1));
  });

  it('have one texture a section where chance draws it', async () => {
    const latents = await draw(0, 3, 'chance');
    const score = (bar: number) =>
      Array.from(latents.subarray((bar + 1) * SIZE - SIZES.score, (bar + 1) * SIZE));
    expect(score(0)).toEqual(score(2));
    expect(score(0)).not.toEqual(score(3));
    expect(Math.abs(spread(latents, 3).deviation)).toBe(0);
  });
});

describe('smooth joins', () => {
  const note = (step: number, pitch: number) => ({ step, pitch, length: 1 });
  const four = bars.slice(0, 4);
  const windows = encoded.windows.slice(0, 4);

  it('stay in a window where the next one disagrees, and change where it agrees', () => {
    // In bar 1 the first two windows disagree, in bar 2 the next two agree.
    const written = [
      [note(0, 60), note(16, 61)],
      [note(0, 72), note(16, 73)],
      [note(0, 73), note(16, 65)],
      [note(0, 65)],
    ];
    const kept = smoothJoins(windows, written, four).map(({ from, to }) => [from, to]);
    const covered = kept.flatMap(([from, to]) => Array.from({ length: to - from }, (_, i) => from + i));
    expect(covered).toEqual(Array.from({ length: 64 }, (_, i) => i));
    expect(kept[0]).toEqual([0, 32]);
    expect(kept[2][0]).toBe(32);
  });

  it('leave bars longer than a window as they are', () => {
    const long = [
      { first: 0, last: 16 },
      { first: 16, last: 60 },
      { first: 60, last: 76 },
    ];
    const cut = [
      { first: 0, from: 0, to: 16, bar: 0 },
      { first: 16, from: 16, to: 48, bar: 1 },
      { first: 48, from: 48, to: 60, bar: 1 },
      { first: 60, from: 60, to: 76, bar: 2 },
    ];
    expect(
      smoothJoins(
        cut,
        cut.map(() => []),
        long,
      ),
    ).toEqual(cut);
  });
});
