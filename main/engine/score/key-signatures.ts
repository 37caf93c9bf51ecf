import type { Key } from '../../contract/analysis.ts';
import { type MeasureFrame, nearestMeasure } from './measure-frames.ts';
import type { KeySignature } from './score.ts';

/** Signature of the major key on each pitch class: the one with fewer accidentals, of six the flats. */
const majorFifths = [0, -5, 2, -3, 4, -1, -6, 1, -4, 3, -2, 5];

/** Shorter stays in a key are written with accidentals. */
const SHORTEST_KEY = 8;

export function keySignature({ tonic, mode }: Pick<Key, 'tonic' | 'mode'>): KeySignature {
  return { fifths: majorFifths[mode === 'major' ? tonic : (tonic + 3) % 12]!, mode };
}

/**
 * Signature of every measure: keys change at the nearest bar line and only where they last at least eight bars; the
 * first of those also holds for what comes before it.
 */
export function signMeasures(keys: readonly Key[], frames: readonly MeasureFrame[]): KeySignature[] {
  const spans = [...keys]
    .sort((a, b) => a.start - b.start)
    .filter((key, i, sorted) => i === 0 || !isSame(sorted[i - 1]!, key))
    .map((key) => ({ key, from: nearestMeasure(frames, key.start), to: frames.length }));
  spans.forEach((span, at) => {
    span.to = spans[at + 1]?.from ?? frames.length;
  });
  const lasting = spans.filter(({ from, to }) => to - from >= SHORTEST_KEY);
  const chosen = lasting.length > 0 ? lasting : longest(spans);
  return frames.map((_, measure) => {
    const span = chosen.findLast(({ from }) => from <= measure) ?? chosen[0]!;
    return keySignature(span.key);
  });
}

function isSame(one: Key, other: Key): boolean {
  return one.tonic === other.tonic && one.mode === other.mode;
}

function longest<T extends { from: number; to: number }>(spans: readonly T[]): T[] {
  return [spans.reduce((best, span) => (span.to - span.from > best.to - best.from ? span : best))];
}
