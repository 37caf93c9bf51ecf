import { describe, expect, it } from 'vitest';
import type { Bar } from '../../../main/contract/arrangement.ts';
import { easeRhythm } from '../../../main/engine/arranger/ease-rhythm.ts';

const bars: Bar[] = [0, 1].map((bar) => ({ start: bar * 192, beats: 4, metreBeats: 4, unit: 'quarter' }));
const waltz: Bar[] = [0, 1].map((bar) => ({
  start: bar * 96,
  beats: 2,
  metreBeats: 2,
  unit: 'dotted-quarter',
}));

function line(starts: readonly number[], end: number) {
  return starts.map((start, i) => ({ start, end: starts[i + 1] ?? end, pitch: 60 + i }));
}

function ease(starts: readonly number[], bpm = 120, on = bars): (readonly [number, number, number])[] {
  return easeRhythm(line(starts, 192), on, bpm).map(({ start, end, pitch }) => [pitch, start, end] as const);
}

describe('easeRhythm', () => {
  it('leaves 16ths that are slow enough, eighths and triplets as they are', () => {
    const starts = [0, 12, 24, 36, 48, 64, 80, 96, 120];
    expect(easeRhythm(line(starts, 192), bars, 100)).toEqual(line(starts, 192));
    const plain = [0, 24, 48, 64, 80, 96];
    expect(easeRhythm(line(plain, 192), bars, 180)).toEqual(line(plain, 192));
  });

  it('keeps the last note of a song, however late it begins', () => {
    expect(easeRhythm(line([372], 384), bars, 180)).toEqual([{ start: 360, end: 384, pitch: 60 }]);
  });

  it('moves syncopated notes to the next free eighth', () => {
    // 16th, dotted eighth: the second note moves to the half beat.
    expect(ease([0, 12, 48])).toEqual([
      [60, 0, 24],
      [61, 24, 48],
      [62, 48, 192],
    ]);
    // An anticipation of the beat lands on it.
    expect(ease([0, 36, 72])).toEqual([
      [60, 0, 36],
      [61, 48, 72],
      [62, 72, 192],
    ]);
  });

  it('leaves out what has no eighth of its own', () => {
    expect(ease([0, 12, 24, 36, 48])).toEqual([
      [60, 0, 24],
      [62, 24, 48],
      [64, 48, 192],
    ]);
  });

  it('counts in eighths of a dotted quarter in 6/8', () => {
    // At 80 dotted quarters a minute a 16th lasts 0.125 s.
    expect(ease([0, 16, 24, 32, 48], 80, waltz)).toEqual([
      [60, 0, 16],
      [61, 16, 32],
      [63, 32, 48],
      [64, 48, 192],
    ]);
    expect(ease([0, 16, 24, 32, 48], 60, waltz).map(([, start]) => start)).toEqual([0, 16, 24, 32, 48]);
  });
});
