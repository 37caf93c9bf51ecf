import { describe, expect, it } from 'vitest';
import type { Chord } from '../../../main/contract/analysis.ts';
import { findKeys } from '../../../main/engine/analysis/keys.ts';
import { chromaOf, repeat } from './chroma-of.ts';

/** Triads of a key by degree, moved to a tonic. */
const degrees: Record<string, number[]> = {
  I: [0, 4, 7],
  ii: [2, 5, 9],
  IV: [5, 9, 0],
  iii: [4, 7, 11],
  V: [7, 11, 2],
  vi: [9, 0, 4],
  i: [0, 3, 7],
  iv: [5, 8, 0],
  v: [7, 10, 2],
  VI: [8, 0, 3],
  VII: [10, 2, 5],
};

/** One bar of each degree. */
function play(tonic: number, progression: string): number[][] {
  return progression.split(' ').flatMap((degree) =>
    repeat(
      degrees[degree].map((pc) => (pc + tonic) % 12),
      4,
    ),
  );
}

function keysOf(beats: number[][]) {
  const chroma = chromaOf(beats);
  const downbeats = Array.from({ length: beats.length / 4 }, (_, bar) => bar * 4);
  const chords = downbeats.map((beat): Chord => {
    const [root, third] = beats[beat];
    const quality = (third - root + 12) % 12 === 3 ? 'min' : 'maj';
    return { start: beat * 48, duration: 4 * 48, root, quality, bass: root, confidence: 1 };
  });
  return findKeys(chroma, chords, downbeats);
}

describe('findKeys', () => {
  it('finds each of the 24 keys', () => {
    for (let tonic = 0; tonic < 12; tonic++) {
      const major = keysOf(play(tonic, 'I vi IV V I ii V I I vi IV V I IV V I'));
      expect(major).toMatchObject([{ start: 0, tonic, mode: 'major' }]);
      const minor = keysOf(play(tonic, 'i VI iv VII i iv V i i VI iv VII i iv V i'));
      expect(minor).toMatchObject([{ start: 0, tonic, mode: 'minor' }]);
    }
  });

  it('finds a modulation that lasts, where it happens', () => {
    const verse = 'I vi IV V I vi IV V I ii V I IV I V I';
    const keys = keysOf([...play(0, verse), ...play(2, verse)]);
    expect(keys).toMatchObject([
      { tonic: 0, mode: 'major' },
      { tonic: 2, mode: 'major' },
    ]);
    expect(Math.abs(keys[1].start / 48 / 4 - 16)).toBeLessThanOrEqual(1);
  });

  it('hears the tonic of progressions that begin elsewhere', () => {
    for (let tonic = 0; tonic < 12; tonic++) {
      const royal = 'IV V iii vi ii V I I '.repeat(4).trim();
      expect(keysOf(play(tonic, royal))).toMatchObject([{ start: 0, tonic, mode: 'major' }]);
      const andalusian = 'i VII VI v '.repeat(4).trim();
      expect(keysOf(play(tonic, andalusian))).toMatchObject([{ start: 0, tonic, mode: 'minor' }]);
    }
  });

  it('does not change key for four bars of other chords', () => {
    const home = 'I vi IV V I vi IV V I ii V I IV I V I';
    const keys = keysOf([...play(0, home), ...play(4, 'I IV V I'), ...play(0, home)]);
    expect(keys).toHaveLength(1);
  });
});
