import type { BeatUnit } from '../../contract/grid.ts';
import { noteValue } from './note-types.ts';
import { DIVISIONS } from './score.ts';

/** The levels of a metre: lengths in divisions, longest first, each of which divides the one before. */
export interface MetreLevels {
  lengths: number[];
  /** Length of a beat that is felt in three (a dotted quarter, a triplet), which no shorter note may straddle. */
  ternaryBeat: number | null;
}

const QUARTER = DIVISIONS;
const DOTTED_QUARTER = DIVISIONS * 1.5;
const BELOW_BEAT = [DIVISIONS / 2, DIVISIONS / 4, DIVISIONS / 8];

/** Levels of a bar of so many beats. Four beats show their middle, six their halves. */
export function metreLevels(beats: number, unit: BeatUnit): MetreLevels {
  const beat = unit === 'quarter' ? QUARTER : DOTTED_QUARTER;
  const lengths: number[] = [];
  if (beats % 8 === 0) lengths.push(beat * 4);
  if (beats % 2 === 0 && beats % 3 !== 0) lengths.push(beat * 2);
  if (beats === 6) lengths.push(beat * 3);
  lengths.push(beat, ...BELOW_BEAT);
  return { lengths, ternaryBeat: unit === 'quarter' ? null : beat };
}

/** Inside a triplet, in written lengths: three eighths to a beat, or three 16ths to half a beat. */
export function tripletLevels(normalLength: number): MetreLevels {
  return { lengths: BELOW_BEAT.filter((length) => length <= normalLength), ternaryBeat: normalLength * 3 };
}

/** A stretch of time in divisions from the start of the bar, end exclusive. */
export interface Stretch {
  from: number;
  to: number;
}

/**
 * Cuts a note or rest into pieces that are each one symbol and leave the metre visible.
 *
 * A note may cross a place of the metre if it starts on a place at least as strong (a half on beat 1, a dotted half
 * on beat 1), or if it is the middle of a plain syncopation inside half a bar. Rests are plainer: each lies on its own
 * level. What is not allowed is cut at the strongest place inside it.
 */
export function splitAtMetre({ from, to }: Stretch, levels: MetreLevels, isRest: boolean): Stretch[] {
  const level = strongestInside(from, to, levels.lengths);
  const isPlain = isRest ? isPlainRest(from, to, levels) : isPlainNote(from, to, level, levels);
  if (isPlain) return [{ from, to }];
  if (level === null) throw new Error(`No note value lasts from ${from} to ${to}.`);
  // The strong part of a note is its aligned part: cut so that it stays in one piece.
  const first = Math.floor(from / level) * level + level;
  const last = Math.ceil(to / level) * level - level;
  const cut = from % level === 0 ? last : first;
  return [
    ...splitAtMetre({ from, to: cut }, levels, isRest),
    ...splitAtMetre({ from: cut, to }, levels, isRest),
  ];
}

/** The longest level that has a place strictly inside the stretch. */
function strongestInside(from: number, to: number, lengths: readonly number[]): number | null {
  return lengths.find((length) => Math.floor(from / length) * length + length < to) ?? null;
}

function isPlainRest(from: number, to: number, { lengths, ternaryBeat }: MetreLevels): boolean {
  const length = to - from;
  const value = noteValue(length);
  if (!value || (value.dots > 0 && (ternaryBeat === null || length % ternaryBeat !== 0))) return false;
  return lengths.includes(length) && from % length === 0;
}

function isPlainNote(from: number, to: number, level: number | null, levels: MetreLevels): boolean {
  if (!noteValue(to - from)) return false;
  if (level === null) return true;
  const { ternaryBeat } = levels;
  if (ternaryBeat !== null && level >= ternaryBeat) return from % level === 0 && to % ternaryBeat === 0;
  if (from % level === 0) return true;
  const half = level / 2;
  const crossesOnce = Math.floor(from / level) * level + 2 * level >= to;
  return level <= QUARTER && crossesOnce && from % half === 0 && to % half === 0;
}
