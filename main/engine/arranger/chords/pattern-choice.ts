import type { Bar } from '../../../contract/arrangement.ts';
import type { Groove } from '../groove.ts';
import { bell } from '../random.ts';
import { type Cell, cellsOfBar, type Pattern, patternsFor } from './patterns.ts';

/** Accompaniment onsets a second that suit most songs; a groove moves it within these bounds. */
const USUAL_RATE = 3.6;
const LEAST_RATE = 2.8;
const MOST_RATE = 4.2;
/** A slot counts as struck from this share of the song's strong attacks. */
const STRUCK = 0.45;
/** Worth of a likeness of 1, against an octave (factor two) of distance from the wanted rate. */
const LIKENESS_ALL = 0.6;
const LIKENESS_LOW = 0.4;
const RATE_PER_OCTAVE = 0.45;
/** Spread of the seed's taste: enough that takes differ where two patterns fit nearly as well. */
const TASTE = 0.25;

export interface PatternQuestion {
  /** What the choice belongs to: equal keys and grooves choose alike. */
  label: string;
  bar: Bar;
  groove: Groove | null;
  /** Seconds of a beat. */
  beatSeconds: number;
  seed: number;
}

/** Picks the pattern whose onsets are most like the recording's; the seed decides between those that fit. */
export function choosePattern(question: PatternQuestion): Pattern {
  const { bar, groove, seed, label } = question;
  let best: Pattern | undefined;
  let bestScore = Number.NEGATIVE_INFINITY;
  for (const pattern of patternsFor(bar.unit)) {
    const cells = cellsOfBar(pattern, bar.beats, bar.metreBeats, false);
    const score =
      likeness(cells, groove) +
      rateFit(cells, question) -
      (pattern.doubt ?? 0) +
      TASTE * bell(seed, 'pattern', label, pattern.name);
    if (score > bestScore) {
      best = pattern;
      bestScore = score;
    }
  }
  return best!;
}

function likeness(cells: readonly Cell[], groove: Groove | null): number {
  if (!groove) return 0;
  const bass = cells.flatMap((cell) => [...cell.bass].map((c) => (c === '.' ? 0 : 1)));
  const all = cells.flatMap((cell, beat) =>
    [...cell.upper].map((c, slot) => {
      const upper = c === '.' ? 0 : c === 'c' ? 1 : 0.6;
      const lower = cell.lower[slot] === '.' ? 0 : 0.6;
      return Math.max(upper, lower, bass[beat * cell.upper.length + slot]);
    }),
  );
  return LIKENESS_ALL * correlation(all, groove.all) + LIKENESS_LOW * correlation(bass, groove.low);
}

function correlation(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const n = a.length;
  let meanA = 0;
  let meanB = 0;
  for (let i = 0; i < n; i++) {
    meanA += a[i] / n;
    meanB += b[i] / n;
  }
  let ab = 0;
  let aa = 0;
  let bb = 0;
  for (let i = 0; i < n; i++) {
    const x = a[i] - meanA;
    const y = b[i] - meanB;
    ab += x * y;
    aa += x * x;
    bb += y * y;
  }
  return aa > 1e-9 && bb > 1e-9 ? ab / Math.sqrt(aa * bb) : 0;
}

function rateFit(cells: readonly Cell[], question: PatternQuestion): number {
  const { groove, beatSeconds } = question;
  const seconds = cells.length * beatSeconds;
  let onsets = 0;
  for (const { bass, lower, upper } of cells) {
    for (let slot = 0; slot < bass.length; slot++) {
      if (bass[slot] !== '.' || lower[slot] !== '.' || upper[slot] !== '.') onsets++;
    }
  }
  const struck = groove ? groove.all.filter((value) => value >= STRUCK).length / seconds : USUAL_RATE;
  const wanted = Math.min(MOST_RATE, Math.max(LEAST_RATE, (struck + USUAL_RATE) / 2));
  return -RATE_PER_OCTAVE * Math.abs(Math.log2(Math.max(onsets / seconds, 0.1) / wanted));
}
