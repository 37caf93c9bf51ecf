import { TICKS_PER_BEAT } from '../../contract/grid.ts';
import type { MeasureFrame } from './measure-frames.ts';
import { formChord, groupByStart, LEGATO, type Onset, type Pending, WORST } from './pending-chords.ts';
import type { Durations } from './reading.ts';
import type { StaffNote } from './snap.ts';
import { EndWeigher } from './value-ends.ts';

/** Notes of one staff that begin together and share a stem. Ticks. */
export interface StaffChord {
  start: number;
  /** Where it is written to end, at the latest where the next chord of the voice begins. */
  end: number;
  /** Lowest first. */
  pitches: number[];
}

/** The staff's voices, upper first; the second is empty where one voice says everything. Sorted by start. */
export type StaffVoices = [StaffChord[], StaffChord[]];

// Costs in one unit: a symbol that a reader has to read.
/** Any shortening at all beyond legato playing, for each beat's cost. */
const CUT = 1 / 6;
/** A measure becomes harder to read with a second voice, and again with everything that both voices hold. */
const SECOND_VOICE_IN_MEASURE = 1;
const SECOND_VOICE_AT_ONSET = 0.2;
/** The upper voice rests while the lower begins. */
const UPPER_RESTS = 1;
const CROSSING = 3;
/** A melody has its stems up. */
const MELODY_BELOW = 4;
/** States kept at each onset. */
const BEAM = 16;

interface State {
  cost: number;
  upper: Pending | null;
  lower: Pending | null;
  /** This onset's measure where it has a second voice already, else -1. */
  splitMeasure: number;
  previous: State | null;
  /** How many of the onset's notes, from the lowest, are in the lower voice. */
  split: number;
}

/**
 * Divides one staff's notes into at most two voices and says where each chord is written to end: the reading with the
 * fewest symbols that agrees with what was played, by dynamic programming over onsets. A note may be written longer
 * than it was held, as far as players shorten notes, and is cut short at the next chord of its voice where two voices
 * cannot hold everything.
 *
 * @param notes sorted by start, then pitch
 * @param steps by beat, counted from the first: see `findBeatSteps`
 * @param durations what the notes' lengths mean
 */
export function separateVoices(
  notes: readonly StaffNote[],
  frames: readonly MeasureFrame[],
  allowSecond: boolean,
  steps: ReadonlyMap<number, number>,
  durations: Durations,
): StaffVoices {
  const onsets = groupByStart(notes, frames, durations);
  const weigher = new EndWeigher(frames, steps);
  let states: State[] = [{ cost: 0, upper: null, lower: null, splitMeasure: -1, previous: null, split: 0 }];
  const last = onsets[onsets.length - 1];
  const ids = last ? last.firstId + 2 * last.notes.length + 1 : 1;
  for (const onset of onsets) states = advance(states, onset, ids, allowSecond, weigher, durations);
  return readVoices(states[0]!, onsets, frames[frames.length - 1]!.end, weigher, durations);
}

/** @param ids so many tell all chords apart */
function advance(
  states: readonly State[],
  onset: Onset,
  ids: number,
  allowSecond: boolean,
  weigher: EndWeigher,
  durations: Durations,
): State[] {
  const best = new Map<number, State>();
  const splits = Array.from({ length: allowSecond ? onset.notes.length + 1 : 1 }, (_, split) => ({
    split,
    lower: formChord(onset, 0, split, durations),
    upper: formChord(onset, split, onset.notes.length, durations),
  }));
  for (const state of states) {
    const ends = {
      upper: state.upper ? knownEndCost(state.upper, onset.start, true, weigher) : 0,
      lower: state.lower ? knownEndCost(state.lower, onset.start, false, weigher) : 0,
    };
    for (const { split, lower, upper } of splits) {
      const cost = costOf(state, onset, upper, lower, ends);
      const nextUpper = upper ?? state.upper;
      const nextLower = lower ?? state.lower;
      const isSplit = splitsMeasure(state, onset, nextLower, lower);
      const key = (idOf(nextUpper) * ids + idOf(nextLower)) * 2 + (isSplit ? 1 : 0);
      const rival = best.get(key);
      if (rival && cost >= rival.cost) continue;
      best.set(key, {
        cost,
        upper: nextUpper,
        lower: nextLower,
        splitMeasure: isSplit ? onset.measure : -1,
        previous: state,
        split,
      });
    }
  }
  return [...best.values()].sort((a, b) => a.cost - b.cost).slice(0, BEAM);
}

function idOf(pending: Pending | null): number {
  return pending ? pending.id : 0;
}

function sounds(pending: Pending | null, onset: Onset): boolean {
  return pending !== null && pending.earliest > onset.start + LEGATO;
}

/** Whether the measure has a second voice; what happened in earlier measures no longer matters, so that states meet. */
function splitsMeasure(
  state: State,
  onset: Onset,
  nextLower: Pending | null,
  lower: Pending | null,
): boolean {
  return state.splitMeasure === onset.measure || lower !== null || sounds(nextLower, onset);
}

/** Cost of going on from a state with these chords. @param ends costs of ending what the voices held */
function costOf(
  state: State,
  onset: Onset,
  upper: Pending | null,
  lower: Pending | null,
  ends: { upper: number; lower: number },
): number {
  let { cost } = state;
  if (upper) cost = cost + ends.upper + upper.misfit;
  if (lower) cost = cost + ends.lower + lower.misfit;
  const nextUpper = upper ?? state.upper;
  const nextLower = lower ?? state.lower;
  if (!lower && !sounds(nextLower, onset)) return cost;
  if (state.splitMeasure !== onset.measure) cost += SECOND_VOICE_IN_MEASURE;
  if (lower) cost += SECOND_VOICE_AT_ONSET;
  if (lower?.isMelody && !upper?.isMelody) cost += MELODY_BELOW;
  if (!upper && !sounds(nextUpper, onset)) return cost + UPPER_RESTS;
  return nextUpper!.low <= nextLower!.high ? cost + CROSSING : cost;
}

/** Most states hold the same few chords. */
function knownEndCost(pending: Pending, limit: number, isFirst: boolean, weigher: EndWeigher): number {
  const { ended } = pending;
  if (ended.limit !== limit || ended.isFirst !== isFirst) {
    ended.limit = limit;
    ended.isFirst = isFirst;
    ended.cost = endCost(pending, limit, isFirst, weigher);
  }
  return ended.cost;
}

/** Cost of ending a chord before the next of its voice begins. */
function endCost(pending: Pending, limit: number, isFirst: boolean, weigher: EndWeigher): number {
  const lost = pending.earliest - limit;
  let cost = 0;
  if (lost > LEGATO) cost += (CUT + Math.min(lost, WORST) / TICKS_PER_BEAT) * pending.worth;
  return cost + weigher.weigh(pending, limit, isFirst).cost;
}

function readVoices(
  best: State,
  onsets: readonly Onset[],
  songEnd: number,
  weigher: EndWeigher,
  durations: Durations,
): StaffVoices {
  const splits: number[] = [];
  for (let state: State | null = best; state?.previous; state = state.previous) splits.push(state.split);
  splits.reverse();
  const lines: [Pending, number[]][][] = [[], []];
  onsets.forEach((onset, at) => {
    const pitches = onset.notes.map((note) => note.pitch);
    const split = splits[at]!;
    const upper = formChord(onset, split, pitches.length, durations);
    const lower = formChord(onset, 0, split, durations);
    if (upper) lines[0]!.push([upper, pitches.slice(split)]);
    if (lower) lines[1]!.push([lower, pitches.slice(0, split)]);
  });
  const [first, second] = lines.map((line, voice) =>
    line.map(([chord, pitches], at): StaffChord => {
      const limit = line[at + 1]?.[0].start ?? songEnd;
      return { start: chord.start, end: weigher.weigh(chord, limit, voice === 0).end, pitches };
    }),
  );
  return [first!, second!];
}
