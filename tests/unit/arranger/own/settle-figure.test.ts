import { describe, expect, it } from 'vitest';
import { settleFigure } from '../../../../main/engine/arranger/own/settle-figure.ts';
import type { Step } from '../../../../main/engine/arranger/own/steps.ts';
import type { Song } from '../../../../main/engine/arranger/song.ts';
import { KEYS, LOWEST_PITCH } from '../../../../main/engine/transcription/evidence.ts';

const PLACES = 4;
const [A, B] = ['A', 'B'];
const C4 = 60 - LOWEST_PITCH;
const E4 = 64 - LOWEST_PITCH;

/** Bars of four places each in the sections given, `length` ticks from place to place; melody notes at the ticks `sung`. */
function songOf(
  labels: readonly string[],
  length = 24,
  sung: readonly number[] = [],
): { song: Pick<Song, 'places' | 'grid' | 'melody'>; steps: Step[] } {
  const bars = labels.map((_, bar) => ({ start: PLACES * length * bar, beats: 2 }));
  const song = {
    places: labels.map((label, bar) => ({ label, barInSection: bar - labels.indexOf(label) })),
    grid: { bars } as unknown as Song['grid'],
    melody: { notes: sung.map((start) => ({ start })) } as unknown as Song['melody'],
  };
  const steps = labels.flatMap((_, bar) =>
    Array.from({ length: PLACES }, (_, place) => ({
      start: length * (PLACES * bar + place),
      end: length * (PLACES * bar + place + 1),
      bar,
      beatInBar: 0,
      division: 4,
    })),
  );
  return { song, steps };
}

/** Probabilities of 255 by bar, place and key; 10 elsewhere at C4, so that every place could be struck. */
function writtenOf(bars: number, notes: readonly [bar: number, place: number, key: number, value: number][]) {
  const piano = new Uint8Array(bars * PLACES * KEYS);
  for (let t = 0; t < bars * PLACES; t++) piano[t * KEYS + C4] = 10;
  for (const [bar, place, key, value] of notes) piano[(bar * PLACES + place) * KEYS + key] = value;
  return { piano, bridge: new Uint8Array(piano.length) };
}
const at = (plane: Uint8Array, bar: number, place: number, key: number) =>
  plane[(bar * PLACES + place) * KEYS + key];

describe('the figure of a section', () => {
  const labels = [A, A, A, A, A, A, A, B, B];
  const { song, steps } = songOf(labels);
  // On the second place in all bars but one, once on the fourth; another figure in B.
  const written = writtenOf(9, [
    ...[0, 1, 2, 4, 5, 6].map((bar) => [bar, 1, C4, 200] as [number, number, number, number]),
    [3, 1, C4, 100],
    [3, 3, C4, 140],
    [7, 0, C4, 150],
    [8, 0, C4, 150],
  ]);
  const { piano } = settleFigure(written, song, steps);

  it('is completed where a bar hesitates, and kept from strays', () => {
    expect(at(piano, 3, 1, C4)).toBeGreaterThan(128);
    expect(at(piano, 3, 3, C4)).toBeLessThan(140);
    expect(at(piano, 3, 0, C4)).toBeLessThan(10);
  });

  it('is each section’s own', () => {
    expect(at(piano, 7, 0, C4)).toBeGreaterThan(150);
    expect(at(piano, 7, 1, C4)).toBeLessThan(10);
  });

  it('leaves what was written as it was', () => {
    expect(at(written.piano, 3, 1, C4)).toBe(100);
  });

  it('says when a hand strikes, not how many keys', () => {
    const chord = writtenOf(
      4,
      [0, 1, 2, 3].flatMap((bar) => [
        [bar, 1, C4, 150] as const,
        [bar, 1, E4, 100] as const,
        [bar, 1, C4 - 24, 90] as const,
      ]),
    );
    const four = songOf([A, A, A, A]);
    const { piano: settled } = settleFigure(chord, four.song, four.steps);
    expect(at(settled, 0, 1, C4)).toBeGreaterThan(150);
    expect(at(settled, 0, 1, E4)).toBe(100);
    // The left hand's own figure.
    expect(at(settled, 0, 1, C4 - 24)).toBeGreaterThan(90);
  });

  it('may take two bars in a long section', () => {
    const eight = songOf(new Array<string>(8).fill(A));
    const turns = writtenOf(
      8,
      [0, 2, 4, 6].map((bar) => [bar, 2, C4, 150] as const),
    );
    const { piano: settled } = settleFigure(turns, eight.song, eight.steps);
    expect(at(settled, 0, 2, C4)).toBeGreaterThan(150);
    expect(at(settled, 1, 2, C4)).toBe(10);
  });
});

describe('the right hand between the 8ths', () => {
  const notes = writtenOf(
    1,
    [0, 1, 2, 3].flatMap((place) => [
      [0, place, C4, 128],
      [0, place, C4 - 24, 128],
    ]),
  );

  it('is left out, but with the melody', () => {
    const { song, steps } = songOf([A], 12, [36]);
    const { piano } = settleFigure(notes, song, steps);
    expect([0, 1, 2, 3].map((place) => at(piano, 0, place, C4) < 100)).toEqual([false, true, false, false]);
    expect([0, 1, 2, 3].map((place) => at(piano, 0, place, C4 - 24))).toEqual([128, 128, 128, 128]);
  });
});
