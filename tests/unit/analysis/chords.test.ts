import { describe, expect, it } from 'vitest';
import type { Chord } from '../../../main/contract/analysis.ts';
import { findChords } from '../../../main/engine/analysis/chords.ts';
import { barsOfFour, chromaOf, repeat } from './chroma-of.ts';

const name = (chord: Chord) =>
  chord.root === null
    ? 'N'
    : `${chord.root}${chord.quality}${chord.bass === chord.root ? '' : `/${chord.bass}`}`;

function recognise(beats: readonly (readonly number[])[]): string[] {
  return findChords(chromaOf(beats), barsOfFour(beats.length)).map(
    (chord) => `${name(chord)}*${chord.duration / 48}`,
  );
}

describe('findChords', () => {
  it.each([
    ['major', [0, 4, 7], '0maj'],
    ['minor', [9, 0, 4], '9min'],
    ['dominant seventh', [7, 11, 2, 5], '77'],
    ['major seventh', [5, 9, 0, 4], '5maj7'],
    ['minor seventh', [2, 5, 9, 0], '2min7'],
    ['suspended fourth', [7, 0, 2], '7sus4'],
    ['diminished', [11, 2, 5], '11dim'],
    ['first inversion', [4, 0, 7], '0maj/4'],
  ])('names a %s chord', (_, chord, expected) => {
    expect(recognise(repeat(chord, 8))).toEqual([`${expected}*8`]);
  });

  it('changes on the beat, and keeps a passing note from changing the chord', () => {
    const C = [0, 4, 7];
    const G = [7, 11, 2];
    const passing = [0, 4, 7, 9];
    const beats = [...repeat(C, 3), passing, ...repeat(C, 2), ...repeat(G, 6)];
    expect(recognise(beats)).toEqual(['0maj*6', '7maj*6']);
  });

  it('calls silence no chord', () => {
    expect(recognise([...repeat([], 4), ...repeat([0, 4, 7], 4)])).toEqual(['N*4', '0maj*4']);
  });

  it('covers every beat once', () => {
    const beats = Array.from({ length: 64 }, (_, i) => [(i * 7) % 12, (i * 5 + 3) % 12, (i * 11) % 12]);
    const chords = findChords(chromaOf(beats), barsOfFour(64));
    let at = 0;
    for (const chord of chords) {
      expect(chord.start).toBe(at);
      at += chord.duration;
      expect(chord.confidence).toBeGreaterThanOrEqual(0);
      expect(chord.confidence).toBeLessThanOrEqual(1);
    }
    expect(at).toBe(64 * 48);
  });
});
