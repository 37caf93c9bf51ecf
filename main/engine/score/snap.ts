import { type BarUnit, TICKS_PER_BEAT } from '../../contract/grid.ts';
import { groupBy } from './group-by.ts';
import type { HandNote } from './hands.ts';
import { type MeasureFrame, measureAt } from './measure-frames.ts';

/** A note of one staff whose start is a place that can be written. Ticks. */
export interface StaffNote extends Omit<HandNote, 'duration'> {
  end: number;
  /** Where the staff strikes its key again, if it does: no value reaches further. */
  again?: number;
}

const HALF_BEAT = TICKS_PER_BEAT / 2;

/** Places of a beat, in ticks, when its first and second half are divided in steps. */
function divide(first: number, second: number): number[] {
  const places: number[] = [];
  for (let at = 0; at < HALF_BEAT; at += first) places.push(at);
  for (let at = HALF_BEAT; at <= TICKS_PER_BEAT; at += second) places.push(at);
  return places;
}

/**
 * The ways a beat can be divided, simplest first. A quarter: 16ths, triplet eighths, 32nds, triplet 16ths, and 32nds
 * in one half with triplet 16ths in the other. A dotted quarter: eighths, 16ths, 32nds. An eighth: 16ths, 32nds.
 */
const divisionsOfBeat: Record<BarUnit, number[][]> = {
  eighth: [divide(24, 24), divide(12, 12)],
  quarter: [divide(12, 12), [0, 16, 32, 48], divide(6, 6), divide(8, 8), divide(6, 8), divide(8, 6)],
  'dotted-quarter': [[0, 16, 32, 48], divide(8, 8), divide(4, 4)],
};

function nearestPlace(places: readonly number[], at: number): number {
  // Of two equally near the earlier.
  return places.reduce((best, place) => (Math.abs(place - at) < Math.abs(best - at) ? place : best));
}

interface Place {
  /** Ticks within the beat. */
  at: number;
  weight: number;
}

/** A beat that is heard first: where divisions conflict it decides. */
const MELODY_WEIGHT = 3;
/** Divisions of a beat that are read at sight: 16ths and triplet eighths, eighths and 16ths. */
const PLAIN = 2;
/** Ticks, on the mean, by which notes may be moved for a plain division. */
const PATIENCE = 3;

/**
 * The simplest division that fits exactly. Where none does, the beat mixes divisions: then the plain one that is
 * nearest to all notes together, or any where plain ones are far off. Of equals the simplest.
 */
function chooseDivision(positions: readonly Place[], divisions: readonly number[][]): number[] {
  const errors = divisions.map((places) =>
    positions.reduce((sum, { at, weight }) => sum + weight * Math.abs(nearestPlace(places, at) - at), 0),
  );
  const leastOf = (some: readonly number[]) => divisions[errors.indexOf(Math.min(...some))]!;
  const weights = positions.reduce((sum, { weight }) => sum + weight, 0);
  const plain = errors.slice(0, PLAIN);
  const isExact = errors.includes(0);
  return !isExact && Math.min(...plain) <= PATIENCE * weights ? leastOf(plain) : leastOf(errors);
}

/**
 * Moves the starts of one staff's notes to the nearest places that one division of each beat allows (at most 8 ticks
 * away where a beat mixes divisions that no hand could read together; at the end of the song, which nothing may reach,
 * 16), and ends every note before its key is struck again. Notes that fall on one place of one key become one note: nothing faster can be written.
 *
 * @returns sorted by start, then pitch
 */
export function snapNotes(notes: readonly HandNote[], frames: readonly MeasureFrame[]): StaffNote[] {
  const beatOf = ({ start }: HandNote) => Math.floor(start / TICKS_PER_BEAT);
  const lastBeat = frames[frames.length - 1]!.end / TICKS_PER_BEAT - 1;
  const moved: StaffNote[] = [];
  for (const [beat, group] of groupBy(notes, beatOf)) {
    const offset = beat * TICKS_PER_BEAT;
    const divisions = divisionsOfBeat[frames[measureAt(frames, offset)]!.unit];
    // A note just before the end of the song must not move to the end itself.
    const allowed = beat === lastBeat ? divisions.map((places) => places.slice(0, -1)) : divisions;
    const positions = group.map(({ start, role }) => ({
      at: start - offset,
      weight: role === 'melody' ? MELODY_WEIGHT : 1,
    }));
    const places = chooseDivision(positions, allowed);
    for (const { start, duration, pitch, role } of group) {
      moved.push({
        start: offset + nearestPlace(places, start - offset),
        end: start + duration,
        pitch,
        role,
      });
    }
  }
  return releaseKeys(moved);
}

function releaseKeys(notes: StaffNote[]): StaffNote[] {
  const sorted = notes.sort((a, b) => a.start - b.start || a.pitch - b.pitch || b.end - a.end);
  const onKey = new Map<number, StaffNote>();
  const kept: StaffNote[] = [];
  for (const note of sorted) {
    const before = onKey.get(note.pitch);
    if (before?.start === note.start) {
      if (note.role === 'melody') before.role = 'melody';
      continue;
    }
    if (before) {
      before.end = Math.min(before.end, note.start);
      before.again = note.start;
    }
    onKey.set(note.pitch, note);
    kept.push(note);
  }
  return kept;
}
