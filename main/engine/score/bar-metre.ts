import type { BarUnit } from '../../contract/grid.ts';
import { type MetreLevels, metreLevels, type Stretch, splitAtMetre } from './metre-split.ts';
import { noteValue } from './note-types.ts';
import { DIVISIONS, type TimeSignature } from './score.ts';

/** Divisions of a beat. */
export const beatDivisions: Record<BarUnit, number> = {
  eighth: DIVISIONS / 2,
  quarter: DIVISIONS,
  'dotted-quarter': DIVISIONS * 1.5,
};

/** A group of the beats of an uneven metre, as the three of 3+2; divisions from the start of the whole bar. */
interface BeatGroup extends Stretch {
  levels: MetreLevels;
}

/** How the beats of a bar are grouped for reading. */
export interface BarMetre {
  unit: BarUnit;
  /** Beats of the whole bar. */
  beats: number;
  levels: MetreLevels;
  /** Null where the metre is even. */
  groups: readonly BeatGroup[] | null;
}

const HALF_NOTE = 2;
/** Groups of fives and sevens where nothing is said, as most of them are read. */
const usual: Record<BarUnit, Readonly<Record<number, readonly number[]>>> = {
  eighth: { 1: [1], 2: [2], 3: [3], 4: [2, 2], 5: [3, 2], 7: [2, 2, 3] },
  quarter: { 5: [3, 2], 7: [4, 3] },
  'dotted-quarter': {},
};

/**
 * Reads a time signature.
 *
 * @param beats of the whole bar
 */
export function readMetre(
  beats: number,
  unit: BarUnit,
  { beatType, groups: stated }: TimeSignature,
): BarMetre {
  const inHalves = unit === 'quarter' && beatType === HALF_NOTE && beats % 2 === 0;
  const levels = inHalves ? halfLevels(beats) : metreLevels(beats, unit === 'eighth' ? 'quarter' : unit);
  const sizes = stated && sum(stated) === beats ? stated : groupBeats(beats, unit);
  if (!sizes || inHalves) return { unit, beats, levels, groups: null };
  let at = 0;
  const groups = sizes.map((size) => {
    const from = at;
    at += size * beatDivisions[unit];
    return { from, to: at, levels: groupLevels(size, unit) };
  });
  return { unit, beats, levels, groups };
}

function sum(sizes: readonly number[]): number {
  return sizes.reduce((all, size) => all + size, 0);
}

/** Sizes of the groups of an uneven metre of which nothing is said. */
function groupBeats(beats: number, unit: BarUnit): readonly number[] | null {
  const known = usual[unit][beats];
  if (known || unit !== 'eighth') return known ?? null;
  const twos = beats % 3 === 0 ? 0 : beats % 3 === 2 ? 1 : 2;
  const threes = (beats - 2 * twos) / 3;
  return [...new Array<number>(threes).fill(3), ...new Array<number>(twos).fill(2)];
}

function groupLevels(size: number, unit: BarUnit): MetreLevels {
  if (unit !== 'eighth') return metreLevels(size, unit);
  return size === 3 ? metreLevels(1, 'dotted-quarter') : metreLevels(Math.max(1, size / 2), 'quarter');
}

/** 2/2, 3/2, 4/2: halves are the beats. */
function halfLevels(beats: number): MetreLevels {
  const { lengths } = metreLevels(1, 'quarter');
  const half = beatDivisions.quarter * 2;
  return { lengths: [...(beats % 8 === 0 ? [half * 2] : []), half, ...lengths], ternaryBeat: null };
}

/**
 * Cuts a note or rest of a bar into pieces that are each one symbol and leave the metre visible (`splitAtMetre`). What
 * fills groups of an uneven metre and is one symbol stays whole; anything else is cut between groups.
 */
export function splitInBar(stretch: Stretch, { levels, groups }: BarMetre, isRest: boolean): Stretch[] {
  if (!groups) return splitAtMetre(stretch, levels, isRest);
  const { from, to } = stretch;
  const fills = groups.some((group) => group.from === from) && groups.some((group) => group.to === to);
  if (fills && noteValue(to - from)) return [stretch];
  return groups.flatMap((group) => {
    const part = { from: Math.max(from, group.from), to: Math.min(to, group.to) };
    if (part.from >= part.to) return [];
    const inGroup = { from: part.from - group.from, to: part.to - group.from };
    return splitAtMetre(inGroup, group.levels, isRest).map((piece) => ({
      from: piece.from + group.from,
      to: piece.to + group.from,
    }));
  });
}
