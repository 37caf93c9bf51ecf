import type { Role } from '../../contract/arrangement.ts';
import { TICKS_PER_BEAT, ticksPerQuarter } from '../../contract/grid.ts';
import { type MeasureFrame, measureAt } from './measure-frames.ts';
import type { Durations } from './reading.ts';
import type { StaffNote } from './snap.ts';
import { type EndRange, endRange } from './value-ends.ts';

// Costs in one unit: a symbol that a reader has to read.
/**
 * A beat by which a note is written shorter than it sounds; more than two beats are no worse. What a take holds inside
 * is mostly the pedal's.
 */
const shortening: Record<'arranged' | 'found', Record<Role, number>> = {
  arranged: { melody: 4, bass: 1.2, inner: 0.4 },
  found: { melody: 6, bass: 6, inner: 6 },
};
export const WORST = 2 * TICKS_PER_BEAT;
/** A note in a chord that is written longer than it was likely meant, a beat. */
const LENGTHENING = 1.5;
/** Notes of one chord that cannot end together. */
const MISFIT = 0.5;
/** An overlap this short is legato playing, not a held note. */
export const LEGATO = 3;

/** A chord of which is not yet known where it is written to end. */
export interface Pending extends EndRange {
  /** Tells chords of a voice apart. */
  id: number;
  /** What ending it costs where the next chord of its voice begins at `limit`, as last asked. */
  ended: { limit: number; isFirst: boolean; cost: number };
  low: number;
  high: number;
  /** Cost of each beat by which it is cut short. */
  worth: number;
  /** Cost of giving its notes one common end. */
  misfit: number;
  isMelody: boolean;
}

/** Notes of a staff that begin together. */
export interface Onset {
  start: number;
  notes: StaffNote[];
  /** Where each note may be written to end. */
  ranges: EndRange[];
  measure: number;
  /** Ticks of a written eighth. */
  eighth: number;
  /** Its chords' ids follow. */
  firstId: number;
}

/** @param notes sorted by start, then pitch */
export function groupByStart(
  notes: readonly StaffNote[],
  frames: readonly MeasureFrame[],
  durations: Durations,
): Onset[] {
  const onsets: Onset[] = [];
  let firstId = 0;
  for (const note of notes) {
    const { start, end, again = Number.POSITIVE_INFINITY } = note;
    let onset = onsets[onsets.length - 1];
    if (onset?.start !== start) {
      const measure = measureAt(frames, start);
      const eighth = ticksPerQuarter(frames[measure]!.unit) / 2;
      if (onset) firstId += 2 * onset.notes.length;
      onset = { start, notes: [], ranges: [], measure, eighth, firstId };
      onsets.push(onset);
    }
    onset.notes.push(note);
    const range = endRange(start, end, durations, onset.eighth);
    const latest = Math.min(range.latest, again);
    onset.ranges.push({ ...range, latest, reach: Math.min(range.reach, again) });
  }
  return onsets;
}

/** A chord of an onset's notes `from` to `to`, exclusive; null where there are none. */
export function formChord(onset: Onset, from: number, to: number, durations: Durations): Pending | null {
  if (from === to) return null;
  const { start } = onset;
  const notes = onset.notes.slice(from, to);
  const id = onset.firstId + (from === 0 ? to : onset.notes.length + from);
  const ranges = onset.ranges.slice(from, to);
  if (durations === 'arranged') return leadChord(id, notes, ranges);
  const earliest = Math.max(...ranges.map((range) => range.earliest));
  const latest = Math.min(...ranges.map((range) => range.latest));
  const reach = Math.min(...ranges.map((range) => range.reach));
  const chord = {
    id,
    ended: notEnded(),
    start,
    earliest,
    latest,
    reach,
    ends: null,
    low: notes[0]!.pitch,
    high: notes[notes.length - 1]!.pitch,
    isMelody: notes.some(({ role }) => role === 'melody'),
  };
  const worth = Math.max(...notes.map((note) => shortening.found[note.role]));
  if (earliest <= latest) return { ...chord, worth, misfit: 0 };
  // No one end agrees with all: the longest notes keep theirs.
  let misfit = MISFIT;
  for (const { latest: end } of ranges) {
    if (end < earliest) misfit += (LENGTHENING * Math.min(earliest - end, WORST)) / TICKS_PER_BEAT;
  }
  const last = Math.max(...ranges.map((range) => range.latest));
  return { ...chord, latest: last, reach: Math.max(last, reach), worth, misfit };
}

/** Which notes of a chord say where it ends, the weightiest first. */
const leaders: readonly Role[] = ['melody', 'bass', 'inner'];

/** A take's chord ends as its melody does, else as its bass: the pedal holds what would ring longer. */
function leadChord(id: number, notes: readonly StaffNote[], ranges: readonly EndRange[]): Pending {
  const role = leaders.find((each) => notes.some((note) => note.role === each))!;
  let [earliest, latest, reach] = [0, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  let again = Number.POSITIVE_INFINITY;
  for (let at = 0; at < notes.length; at++) {
    again = Math.min(again, notes[at]!.again ?? again);
    if (notes[at]!.role !== role) continue;
    const range = ranges[at]!;
    earliest = Math.max(earliest, range.earliest);
    latest = Math.min(latest, range.latest);
    reach = Math.min(reach, range.reach);
  }
  // No key of it may be held when it is struck again.
  earliest = Math.min(earliest, again);
  latest = Math.min(Math.max(earliest, latest), again);
  reach = Math.min(Math.max(latest, reach), again);
  let misfit = 0;
  for (let at = 0; at < notes.length; at++) {
    const range = ranges[at]!;
    const lost = Math.max(0, range.earliest - latest) + Math.max(0, earliest - range.latest) / 2;
    if (lost <= LEGATO) continue;
    misfit += (shortening.arranged[notes[at]!.role] * Math.min(lost, WORST)) / TICKS_PER_BEAT;
  }
  return {
    id,
    ended: notEnded(),
    start: notes[0]!.start,
    earliest,
    latest,
    reach,
    ends: null,
    low: notes[0]!.pitch,
    high: notes[notes.length - 1]!.pitch,
    worth: shortening.arranged[role],
    misfit,
    isMelody: role === 'melody',
  };
}

function notEnded(): Pending['ended'] {
  return { limit: -1, isFirst: true, cost: 0 };
}
