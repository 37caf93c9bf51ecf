import type { Role } from '../../contract/arrangement.ts';
import { type MeasureFrame, measureAt } from './measure-frames.ts';
import type { StaffNote } from './snap.ts';

/** Notes of one staff that begin together and share a stem. Ticks. */
export interface StaffChord {
  start: number;
  /** Where it is meant to end; the next chord of the voice may begin earlier. */
  end: number;
  /** Lowest first. */
  pitches: number[];
}

/** The staff's voices, upper first; the second is empty where one voice says everything. Sorted by start. */
export type StaffVoices = [StaffChord[], StaffChord[]];

/** Cost of a beat by which a note is written too short; more than two beats are no worse. */
const shortening: Record<Role, number> = { melody: 1.5, bass: 0.9, inner: 0.4 };
/** A note written too long is a smaller fault: the pedal holds most notes anyway. */
const LENGTHENING = 0.5;
const BEAT = 48;
const WORST = 2 * BEAT;
/** An overlap this short is legato playing, not a held note. */
const LEGATO = 6;
/** A measure becomes harder to read with a second voice, and again with everything that both voices hold. */
const SECOND_VOICE_IN_MEASURE = 0.8;
const SECOND_VOICE_AT_ONSET = 0.15;
/** The upper voice rests while the lower begins. */
const UPPER_RESTS = 0.4;
const CROSSING = 3;
/** States kept at each onset. There are seldom more than ten. */
const BEAM = 16;

/** A chord that still sounds. */
interface Held {
  end: number;
  low: number;
  high: number;
  /** Cost of each beat by which it is cut short. */
  worth: number;
}

interface State {
  cost: number;
  upper: Held | null;
  lower: Held | null;
  /** This onset's measure where it has a second voice already, else -1. */
  splitMeasure: number;
  previous: State | null;
  /** How many of the onset's notes, from the lowest, are in the lower voice. */
  split: number;
}

interface Onset {
  start: number;
  notes: StaffNote[];
  measure: number;
}

/**
 * Divides one staff's notes into at most two voices: the cheapest way, by dynamic programming over onsets, to weigh
 * notes cut short against the trouble of reading a second voice. Where two voices cannot hold everything, notes end at
 * the next onset of their voice: note values follow readability, and what rings on is the pedal's.
 *
 * @param notes sorted by start, then pitch
 */
export function separateVoices(
  notes: readonly StaffNote[],
  frames: readonly MeasureFrame[],
  allowSecond: boolean,
): StaffVoices {
  const onsets = groupByStart(notes, frames);
  let states: State[] = [{ cost: 0, upper: null, lower: null, splitMeasure: -1, previous: null, split: 0 }];
  for (const onset of onsets) states = advance(states, onset, allowSecond);
  return readVoices(states[0]!, onsets);
}

function groupByStart(notes: readonly StaffNote[], frames: readonly MeasureFrame[]): Onset[] {
  const onsets: Onset[] = [];
  for (const note of notes) {
    const last = onsets[onsets.length - 1];
    if (last?.start === note.start) last.notes.push(note);
    else onsets.push({ start: note.start, notes: [note], measure: measureAt(frames, note.start) });
  }
  return onsets;
}

function advance(states: readonly State[], onset: Onset, allowSecond: boolean): State[] {
  const best = new Map<string, State>();
  const splits = Array.from({ length: allowSecond ? onset.notes.length + 1 : 1 }, (_, split) => ({
    split,
    lower: formChord(onset.notes.slice(0, split)),
    upper: formChord(onset.notes.slice(split)),
  }));
  for (const state of states) {
    for (const { split, lower, upper } of splits) {
      const next = step(state, onset, split, lower, upper);
      const key = `${next.upper?.end} ${next.upper?.low} ${next.lower?.end} ${next.lower?.high} ${next.splitMeasure}`;
      const rival = best.get(key);
      if (!rival || next.cost < rival.cost) best.set(key, next);
    }
  }
  return [...best.values()].sort((a, b) => a.cost - b.cost).slice(0, BEAM);
}

interface Chord extends Held {
  /** Cost of giving its notes one common end. */
  misfit: number;
}

function formChord(notes: readonly StaffNote[]): Chord | null {
  if (notes.length === 0) return null;
  const end = commonEnd(notes);
  let worth = 0;
  let misfit = 0;
  for (const note of notes) {
    worth = Math.max(worth, shortening[note.role]);
    misfit +=
      note.end > end
        ? lostCost(note.end - end, shortening[note.role])
        : lostCost(end - note.end, LENGTHENING * shortening[note.role]);
  }
  return { end, low: notes[0]!.pitch, high: notes[notes.length - 1]!.pitch, worth, misfit };
}

/** The melody's end, else the bass's, else the longest note's. */
function commonEnd(notes: readonly StaffNote[]): number {
  for (const role of ['melody', 'bass'] as const) {
    const leading = notes.filter((note) => note.role === role);
    if (leading.length > 0) return Math.max(...leading.map((note) => note.end));
  }
  return Math.max(...notes.map((note) => note.end));
}

function lostCost(ticks: number, worth: number): number {
  return ticks <= LEGATO ? 0 : (Math.min(ticks, WORST) / BEAT) * worth;
}

function step(state: State, onset: Onset, split: number, lower: Chord | null, upper: Chord | null): State {
  let cost = state.cost;
  const keep = (held: Held | null, chord: Chord | null): Held | null => {
    const sounding = held && held.end > onset.start ? held : null;
    if (!chord) return sounding;
    if (sounding) cost += lostCost(sounding.end - onset.start, sounding.worth);
    cost += chord.misfit;
    return chord;
  };
  const nextUpper = keep(state.upper, upper);
  const nextLower = keep(state.lower, lower);
  // What happened in earlier measures no longer matters; forgetting it lets states meet.
  let splitMeasure = state.splitMeasure === onset.measure ? onset.measure : -1;
  if (nextLower) {
    if (splitMeasure !== onset.measure) cost += SECOND_VOICE_IN_MEASURE;
    splitMeasure = onset.measure;
    cost += SECOND_VOICE_AT_ONSET;
    if (!nextUpper) cost += UPPER_RESTS;
    else if (nextUpper.low <= nextLower.high) cost += CROSSING;
  }
  return { cost, upper: nextUpper, lower: nextLower, splitMeasure, previous: state, split };
}

function readVoices(best: State, onsets: readonly Onset[]): StaffVoices {
  const splits: number[] = [];
  for (let state: State | null = best; state?.previous; state = state.previous) splits.push(state.split);
  splits.reverse();
  const voices: StaffVoices = [[], []];
  onsets.forEach(({ start, notes }, at) => {
    for (const [voice, part] of [notes.slice(splits[at]!), notes.slice(0, splits[at]!)].entries()) {
      if (part.length === 0) continue;
      voices[voice]!.push({ start, end: commonEnd(part), pitches: part.map((note) => note.pitch) });
    }
  });
  return voices;
}
