import { type BeatUnit, TICKS_PER_BEAT } from '../../contract/grid.ts';
import { MELODY_CLASSES, MELODY_PITCHES, MELODY_POOL } from './melody-listener.ts';
import { DIVISIONS, type MelodyEvidence } from './melody-places.ts';

/** What the search weighs, in natural logarithms; set on songs outside the evaluation set. */
export const WEIGHTS = {
  /** Weight of a frame's log-probability: neighbouring frames (46 ms) say nearly the same. */
  frame: 0.9,
  /** Added to the log-probability of rest, a frame: the network, trained on songs of a minute, is too cautious. */
  rest: -1.5,
  /** Weight of an onset's log-odds where a note begins, and what beginning one costs. */
  onset: 0.55,
  begin: -0.35,
  /** Cost of a leap per semitone, up to an octave, and beyond that: lines move by small steps, octave errors do not. */
  leap: 0.035,
  farLeap: 0.12,
  /** Cost of ending a note with a rest. */
  end: 0.3,
  /** Cost of dividing a beat in three. */
  triplet: 0.8,
};

/** Odds of an onset are kept between these. */
const LEAST_ODDS = 0.02;

/** A note as found: ticks, and an index of pitch. */
export interface FoundNote {
  start: number;
  end: number;
  pitch: number;
}

/** State s < P: pitch s sounds; P + s: rest after pitch s, so that the line goes on from where it was. */
const STATES = 2 * MELODY_PITCHES;
const LEAPS = Float64Array.from({ length: MELODY_PITCHES }, (_, distance) =>
  distance <= 12 ? WEIGHTS.leap * distance : WEIGHTS.leap * 12 + WEIGHTS.farLeap * (distance - 12),
);

/** How one step was reached, for every state: where from, and whether a note began. */
interface StepTrace {
  from: Uint8Array;
  began: Uint8Array;
}

/**
 * Finds the likeliest line on the beat grid: a Viterbi search over pitches and rests whose steps are 16ths or triplets,
 * chosen beat by beat together with the line. Bends, scoops and vibrato are absorbed, because a step is worth all its
 * frames and a new note has to pay for itself; octave slips, because far leaps cost more than what made them look likely.
 * @param beats frames of beats, ascending, with one more entry for the end of the last beat
 */
export function searchLine(evidence: MelodyEvidence, beats: readonly number[], unit: BeatUnit): FoundNote[] {
  let best: Float64Array = new Float64Array(STATES);
  best.fill(-Infinity, 0, MELODY_PITCHES);
  const chosen: { ticks: Uint8Array; traces: StepTrace[][] }[] = [];
  const divisions = DIVISIONS[unit];
  for (let beat = 0; beat + 1 < beats.length; beat++) {
    const from = beats[beat];
    const length = beats[beat + 1] - from;
    const runs = divisions.map((ticks, i) => {
      const steps = TICKS_PER_BEAT / ticks;
      let scores: Float64Array = best;
      const traces: StepTrace[] = [];
      for (let step = 0; step < steps; step++) {
        const a = from + (length * step) / steps;
        const { next, trace } = advance(evidence, scores, a, a + length / steps);
        scores = next;
        traces.push(trace);
      }
      return { scores, traces, cost: i * WEIGHTS.triplet };
    });
    const next = new Float64Array(STATES).fill(-Infinity);
    const ticks = new Uint8Array(STATES);
    runs.forEach(({ scores, cost }, i) => {
      for (let s = 0; s < STATES; s++) {
        if (scores[s] - cost <= next[s]) continue;
        next[s] = scores[s] - cost;
        ticks[s] = i;
      }
    });
    chosen.push({ ticks, traces: runs.map((run) => run.traces) });
    best = next;
  }
  return traceBack(best, chosen, divisions);
}

const classes = new Float64Array(MELODY_CLASSES);
const onsets = new Float64Array(MELODY_PITCHES);

/** One step of the search over [from, to). */
function advance(
  evidence: MelodyEvidence,
  scores: Float64Array,
  from: number,
  to: number,
): { next: Float64Array; trace: StepTrace } {
  classes.fill(0);
  evidence.addSupport(from, to, WEIGHTS.frame, classes);
  evidence.addOnsets(from, onsets);
  const next = new Float64Array(STATES);
  const trace: StepTrace = { from: new Uint8Array(STATES), began: new Uint8Array(STATES) };
  const rest = classes[MELODY_PITCHES] + (WEIGHTS.rest * (to - from)) / MELODY_POOL;
  for (let p = 0; p < MELODY_PITCHES; p++) {
    const odds = Math.log((onsets[p] + LEAST_ODDS) / (1 - onsets[p] + LEAST_ODDS));
    let top = -Infinity;
    let origin = 0;
    for (let q = 0; q < MELODY_PITCHES; q++) {
      const resting = scores[MELODY_PITCHES + q] > scores[q];
      const score = (resting ? scores[MELODY_PITCHES + q] : scores[q]) - LEAPS[Math.abs(p - q)];
      if (score <= top) continue;
      top = score;
      origin = resting ? MELODY_PITCHES + q : q;
    }
    const begins = top + WEIGHTS.onset * odds - WEIGHTS.begin;
    const goesOn = scores[p] >= begins;
    next[p] = (goesOn ? scores[p] : begins) + classes[p];
    trace.from[p] = goesOn ? p : origin;
    trace.began[p] = goesOn ? 0 : 1;
    const ends = scores[p] - WEIGHTS.end > scores[MELODY_PITCHES + p];
    next[MELODY_PITCHES + p] = (ends ? scores[p] - WEIGHTS.end : scores[MELODY_PITCHES + p]) + rest;
    trace.from[MELODY_PITCHES + p] = ends ? p : MELODY_PITCHES + p;
  }
  return { next, trace };
}

/** Reads the notes of the best path, from its end. */
function traceBack(
  best: Float64Array,
  beats: readonly { ticks: Uint8Array; traces: StepTrace[][] }[],
  divisions: readonly number[],
): FoundNote[] {
  const notes: FoundNote[] = [];
  let state = best.indexOf(Math.max(...best));
  // End of the note that is being read; -1 in a rest.
  let end = -1;
  for (let beat = beats.length - 1; beat >= 0; beat--) {
    const choice = beats[beat].ticks[state];
    const length = divisions[choice];
    const traces = beats[beat].traces[choice];
    for (let step = traces.length - 1; step >= 0; step--) {
      const start = beat * TICKS_PER_BEAT + step * length;
      const sounds = state < MELODY_PITCHES;
      if (sounds && end < 0) end = start + length;
      if (sounds && traces[step].began[state] === 1) {
        notes.push({ start, end, pitch: state });
        end = -1;
      }
      state = traces[step].from[state];
    }
  }
  return notes.reverse();
}
