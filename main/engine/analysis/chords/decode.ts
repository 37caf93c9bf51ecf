import type { Lattice } from './lattice.ts';
import { LONGEST } from './priors.ts';
import { STATES } from './states.ts';

/** A chord over beats `[from, to)`. */
export interface Segment {
  state: number;
  from: number;
  to: number;
}

/** Chords that end on a beat and may be followed by another: so many of the best. */
const ENDS = 48;
/** Paths so far below the best one on a beat (natural logarithm) are given up. */
const BEAM = 16;

interface Forward {
  /** `(beats + 1) × STATES`, score up to a chord's start on a beat, −∞ where none may start. */
  start: Float64Array;
  /** The same up to its end. */
  end: Float64Array;
  /** States that may end on each beat. */
  ends: number[][];
}

/** The likeliest chords of a song (Viterbi). Neighbours of one state are joined. */
export function findSegments(lattice: Lattice): Segment[] {
  const { beats } = lattice;
  if (beats === 0) return [];
  const previous = new Int16Array((beats + 1) * STATES);
  const length = new Uint8Array((beats + 1) * STATES);
  const { end, ends } = runForward(lattice, 1, {
    add: Math.max,
    onEnd: (beat, state, duration) => {
      length[beat * STATES + state] = duration;
    },
    onStart: (beat, state, from) => {
      previous[beat * STATES + state] = from;
    },
  });
  let state = ends[beats].reduce((a, b) => (end[beats * STATES + b] > end[beats * STATES + a] ? b : a));
  const segments: Segment[] = [];
  for (let to = beats; to > 0; ) {
    const from = to - length[to * STATES + state];
    const after = segments[segments.length - 1];
    if (after?.state === state) after.from = from;
    else segments.push({ state, from, to });
    state = previous[from * STATES + state];
    to = from;
  }
  return segments.reverse();
}

/**
 * How likely each chord is on each beat (forward-backward).
 * @param scale of all scores; below 1 for less sure probabilities
 * @returns `beats × STATES`
 */
export function measurePosteriors(lattice: Lattice, scale: number): Float32Array {
  const { beats } = lattice;
  const posterior = new Float32Array(beats * STATES);
  if (beats === 0) return posterior;
  const { start, end, ends } = runForward(lattice, scale, { add: addLogs });
  const toEnd = new Float64Array((beats + 1) * STATES).fill(-Infinity);
  const total = ends[beats].reduce((sum, s) => addLogs(sum, end[beats * STATES + s]), -Infinity);
  for (const s of ends[beats]) toEnd[beats * STATES + s] = 0;
  // Differences: a segment adds its probability where it begins and takes it off where it ends.
  const change = new Float64Array((beats + 1) * STATES);
  for (let beat = beats - 1; beat >= 0; beat--) {
    for (const s of lattice.candidates[beat]) {
      const at = beat * STATES + s;
      if (start[at] === -Infinity) continue;
      let rest = -Infinity;
      for (let to = beat + 1; to <= Math.min(beats, beat + LONGEST); to++) {
        const onwards = toEnd[to * STATES + s];
        if (onwards === -Infinity) continue;
        const score = scale * lattice.scoreSegment(s, beat, to) + onwards;
        rest = addLogs(rest, score);
        const p = Math.exp(start[at] + score - total);
        change[at] += p;
        change[to * STATES + s] -= p;
      }
      if (beat === 0) continue;
      for (const from of ends[beat]) {
        const onwards = beat * STATES + from;
        toEnd[onwards] = addLogs(toEnd[onwards], scale * lattice.scoreChange(from, s, beat) + rest);
      }
    }
  }
  for (let s = 0; s < STATES; s++) {
    let sum = 0;
    for (let beat = 0; beat < beats; beat++) {
      sum += change[beat * STATES + s];
      posterior[beat * STATES + s] = Math.min(1, Math.max(0, sum));
    }
  }
  return posterior;
}

interface Rules {
  /** Joins the scores of two ways to get to one place. */
  add: (a: number, b: number) => number;
  onEnd?: (beat: number, state: number, duration: number) => void;
  onStart?: (beat: number, state: number, from: number) => void;
}

function runForward(lattice: Lattice, scale: number, { add, onEnd, onStart }: Rules): Forward {
  const { beats, candidates } = lattice;
  const start = new Float64Array((beats + 1) * STATES).fill(-Infinity);
  const end = new Float64Array((beats + 1) * STATES).fill(-Infinity);
  const ends: number[][] = [[]];
  for (const s of candidates[0]) start[s] = scale * lattice.scoreStart(s);
  for (let beat = 1; beat <= beats; beat++) {
    const reached = new Set<number>();
    for (let from = Math.max(0, beat - LONGEST); from < beat; from++) {
      for (const s of candidates[from]) {
        if (start[from * STATES + s] === -Infinity) continue;
        const score = start[from * STATES + s] + scale * lattice.scoreSegment(s, from, beat);
        const at = beat * STATES + s;
        if (score > end[at]) onEnd?.(beat, s, beat - from);
        end[at] = add(end[at], score);
        reached.add(s);
      }
    }
    const row = end.subarray(beat * STATES, (beat + 1) * STATES);
    let top = -Infinity;
    for (const s of reached) top = Math.max(top, row[s]);
    const kept = [...reached].filter((s) => row[s] > top - BEAM);
    const best = kept.sort((a, b) => row[b] - row[a] || a - b).slice(0, ENDS);
    ends.push(best);
    if (beat === beats) break;
    let highest = -Infinity;
    for (const s of candidates[beat]) {
      const at = beat * STATES + s;
      for (const from of best) {
        const score = row[from] + scale * lattice.scoreChange(from, s, beat);
        if (score > start[at]) onStart?.(beat, s, from);
        start[at] = add(start[at], score);
      }
      highest = Math.max(highest, start[at]);
    }
    for (const s of candidates[beat]) {
      if (start[beat * STATES + s] < highest - BEAM) start[beat * STATES + s] = -Infinity;
    }
  }
  return { start, end, ends };
}

/** ln(e^a + e^b). */
function addLogs(a: number, b: number): number {
  const top = Math.max(a, b);
  const apart = Math.min(a, b) - top;
  // Also where both are −∞, and their difference no number.
  return apart > -BEAM ? top + Math.log1p(Math.exp(apart)) : top;
}
