import { TICKS_PER_BEAT } from '../../contract/grid.ts';
import type { HandNote } from './hands.ts';

/** What sounds below and above a note is counted in steps of three semitones up to two octaves either way. */
const STEP = 3;
const STEPS_AWAY = 8;
const PROFILE = 2 * STEPS_AWAY + 1;
/** Stretches of time around a note's start whose notes are counted so, in ticks. */
const profiles: readonly (readonly [from: number, to: number])[] = [
  [-2 * TICKS_PER_BEAT, 2 * TICKS_PER_BEAT],
  [-TICKS_PER_BEAT, -1],
  [1, TICKS_PER_BEAT],
];
/** Reaches before and after a note's start in which its place among all notes is told, in ticks. */
const reaches = [1, 2, 4, 16].map((beats) => beats * TICKS_PER_BEAT);
const PLACES = 4;
const OWN = 15;

export const contextSize = PROFILE * (profiles.length + 1) + reaches.length * PLACES + OWN;

const FAR = 24;
const LONGEST = 4 * TICKS_PER_BEAT;

/**
 * What can be told of each note without knowing the hands: where it lies among those that sound with it, before it and
 * after it. One row of `contextSize` values for each note, all of a size near 1.
 *
 * @param notes sorted by start, then pitch
 * @param bars starts of the bars in ticks, rising; empty where they are not known
 */
export function describeNotes(notes: readonly HandNote[], bars: readonly number[]): Float32Array {
  const rows = new Float32Array(notes.length * contextSize);
  const onsets = firstsAndLasts(notes);
  const shareBelow = sharesBelow(notes);
  const windows = [...profiles, ...reaches.map((reach) => [-reach, reach] as const)].map(
    ([from, to]) => new Window(notes, from, to),
  );
  let bar = 0;
  let held: number[] = [];
  onsets.forEach(([first, last], onset) => {
    const { start } = notes[first]!;
    while (bar + 1 < bars.length && bars[bar + 1]! <= start) bar++;
    held = held.filter((at) => notes[at]!.start + notes[at]!.duration > start);
    for (const window of windows) window.moveTo(start);
    for (let at = first; at < last; at++) {
      const row = rows.subarray(at * contextSize, (at + 1) * contextSize);
      const { pitch, duration } = notes[at]!;
      let place = 0;
      for (let index = 0; index < profiles.length; index++) {
        const { from, to } = windows[index]!;
        addProfile(row, place, notes, from, to, pitch);
        place += PROFILE;
      }
      for (const other of held) row[place + stepOf(notes[other]!.pitch - pitch)]! += 0.5;
      for (let other = first; other < last; other++) {
        if (other !== at) row[place + stepOf(notes[other]!.pitch - pitch)]! += 0.5;
      }
      place += PROFILE;
      for (let index = 0; index < reaches.length; index++) {
        place = addPlace(row, place, notes, windows[profiles.length + index]!, pitch);
      }
      const inBar = start - (bars[bar] ?? 0);
      const [before, after] = [onsets[onset - 1], onsets[onset + 1]];
      const own = [
        (pitch - 60) / 12,
        shareBelow[pitch]!,
        Math.log2(Math.min(LONGEST, duration) / TICKS_PER_BEAT) / 2,
        inBar === 0 ? 1 : 0,
        inBar % TICKS_PER_BEAT === 0 ? 1 : 0,
        at - first,
        last - 1 - at,
        at > first ? Math.min(FAR, pitch - notes[at - 1]!.pitch) / 12 : 2,
        at + 1 < last ? Math.min(FAR, notes[at + 1]!.pitch - pitch) / 12 : 2,
        ...tellNeighbour(notes, before, start, pitch),
        ...tellNeighbour(notes, after, start, pitch),
      ];
      row.set(own, place);
    }
    for (let at = first; at < last; at++) held.push(at);
  });
  return rows;
}

/** Lowest and highest note of another onset above this one, and how far away it is in time. */
function tellNeighbour(
  notes: readonly HandNote[],
  onset: readonly [number, number] | undefined,
  start: number,
  pitch: number,
): [number, number, number] {
  if (!onset) return [0, 0, 2];
  const [first, last] = onset;
  const away = Math.abs(notes[first]!.start - start) / TICKS_PER_BEAT;
  return [
    clip(notes[first]!.pitch - pitch) / 12,
    clip(notes[last - 1]!.pitch - pitch) / 12,
    Math.min(2, away),
  ];
}

function clip(semitones: number): number {
  return Math.max(-FAR, Math.min(FAR, semitones));
}

function stepOf(semitones: number): number {
  return STEPS_AWAY + Math.max(-STEPS_AWAY, Math.min(STEPS_AWAY, Math.round(semitones / STEP)));
}

/** Share of the notes in a window at each distance. */
function addProfile(
  row: Float32Array,
  place: number,
  notes: readonly HandNote[],
  from: number,
  to: number,
  pitch: number,
): void {
  const weight = 4 / Math.max(1, to - from);
  for (let at = from; at < to; at++) row[place + stepOf(notes[at]!.pitch - pitch)]! += weight;
}

/** Distance from the lowest, the highest and the mean of a window, and the share of it that lies lower. */
function addPlace(
  row: Float32Array,
  place: number,
  notes: readonly HandNote[],
  { from, to }: Window,
  pitch: number,
): number {
  let [low, high, sum, below] = [127, 0, 0, 0];
  for (let at = from; at < to; at++) {
    const other = notes[at]!.pitch;
    low = Math.min(low, other);
    high = Math.max(high, other);
    sum += other;
    if (other < pitch) below++;
  }
  const count = Math.max(1, to - from);
  row[place] = (pitch - low) / FAR;
  row[place + 1] = (high - pitch) / FAR;
  row[place + 2] = (pitch - sum / count) / 12;
  row[place + 3] = below / count;
  return place + PLACES;
}

function firstsAndLasts(notes: readonly HandNote[]): [first: number, last: number][] {
  const onsets: [number, number][] = [];
  notes.forEach(({ start }, at) => {
    const onset = onsets[onsets.length - 1];
    if (onset && notes[onset[0]]!.start === start) onset[1] = at + 1;
    else onsets.push([at, at + 1]);
  });
  return onsets;
}

function sharesBelow(notes: readonly HandNote[]): Float64Array {
  const counts = new Float64Array(129);
  for (const { pitch } of notes) counts[pitch + 1]! += 1 / notes.length;
  for (let pitch = 1; pitch < counts.length; pitch++) counts[pitch]! += counts[pitch - 1]!;
  return counts;
}

/** The notes that begin in a stretch of time around a tick that never falls: `from` to `to`, exclusive. */
class Window {
  from = 0;
  to = 0;
  readonly #notes: readonly HandNote[];
  readonly #before: number;
  readonly #after: number;

  constructor(notes: readonly HandNote[], before: number, after: number) {
    this.#notes = notes;
    this.#before = before;
    this.#after = after;
  }

  moveTo(tick: number): void {
    while (this.to < this.#notes.length && this.#notes[this.to]!.start <= tick + this.#after) this.to++;
    while (this.from < this.to && this.#notes[this.from]!.start < tick + this.#before) this.from++;
  }
}
