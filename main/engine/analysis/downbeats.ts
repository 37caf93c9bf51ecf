import type { Evidence } from '../transcription/evidence.ts';
import { type Chroma, cosineOf, measureChroma } from './chroma.ts';
import type { OnsetStrength } from './onset-strength.ts';

export interface BarPosition {
  /** 1 = downbeat. */
  position: number;
  /** Beats of the bar that this beat belongs to. */
  beats: number;
  /** 0-1: how clearly this reading of the bar beats the other phases. */
  confidence: number;
}

/** Weights of the cues that a bar begins, each with mean 0 and deviation 1 over the song. */
const CUES = { harmony: 1, bassNote: 0.8, low: 0.4, full: 0.2 };
/** In 4/4 chords change at the half bar too, with less weight. */
const HALF_BAR = 0.35;
/** Metres that are tried, with the reward per beat that speaks for them unheard (pop is in four). */
const METRES = [
  { beats: 4, prior: 0.06 },
  { beats: 3, prior: 0 },
];
/** Cost of starting a bar early or late, in cue units: some three clear downbeats. */
const BREAK_COST = 6;

/**
 * Reads metre and downbeats from what happens at each beat: change of harmony and of the bass note, kick, attack.
 * A Viterbi search over (metre, position), in which broken bars and changes of metre cost.
 * @param beats frames, ascending
 */
export function findBars(
  evidence: Evidence,
  strength: OnsetStrength,
  beats: readonly number[],
): BarPosition[] {
  if (beats.length === 0) return [];
  const cue = measureCues(evidence, strength, beats);
  const states = METRES.flatMap((metre) =>
    Array.from({ length: metre.beats }, (_, i) => ({ ...metre, position: i + 1 })),
  );
  const reward = (state: (typeof states)[number], beat: number) =>
    state.prior +
    (state.position === 1 ? cue[beat] : state.beats === 4 && state.position === 3 ? HALF_BAR * cue[beat] : 0);
  const best = states.map((state) => reward(state, 0));
  const from: Uint8Array[] = [];
  for (let beat = 1; beat < beats.length; beat++) {
    const step = new Uint8Array(states.length);
    const before = [...best];
    states.forEach((state, s) => {
      let top = -Infinity;
      states.forEach((previous, p) => {
        const regular =
          previous.beats === state.beats && state.position === (previous.position % state.beats) + 1;
        // A bar may only break off into a downbeat.
        if (!regular && state.position !== 1) return;
        const score = before[p] - (regular ? 0 : BREAK_COST);
        if (score > top) {
          top = score;
          step[s] = p;
        }
      });
      best[s] = top + reward(state, beat);
    });
    from.push(step);
  }
  let state = best.indexOf(Math.max(...best));
  const path: number[] = [state];
  for (let i = from.length - 1; i >= 0; i--) {
    state = from[i][state];
    path.push(state);
  }
  path.reverse();
  return path.map((s, i) => ({
    position: states[s].position,
    beats: states[s].beats,
    confidence: phaseConfidence(
      cue,
      path.map((q) => states[q]),
      i,
    ),
  }));
}

/** Share of the cues around beat `i` that fall on this reading's downbeats rather than on the best other phase. */
function phaseConfidence(
  cue: Float32Array,
  path: readonly { beats: number; position: number }[],
  i: number,
): number {
  const { beats, position } = path[i];
  const sums = new Array<number>(beats).fill(0);
  const reach = 8 * beats;
  for (let j = Math.max(0, i - reach); j < Math.min(cue.length, i + reach + 1); j++) {
    const phase = (((j - i + position - 1) % beats) + beats) % beats;
    sums[phase] += Math.max(0, cue[j]);
  }
  const own = sums[0];
  const rival = Math.max(...sums.slice(1), 1e-6);
  return own / (own + rival);
}

/** One number per beat: how much speaks for a bar's beginning there. */
function measureCues(evidence: Evidence, strength: OnsetStrength, beats: readonly number[]): Float32Array {
  const last =
    beats[beats.length - 1] + (beats.length > 1 ? beats[beats.length - 1] - beats[beats.length - 2] : 40);
  const chroma = measureChroma(evidence, [...beats, last]);
  const count = beats.length;
  const harmony = new Float32Array(count);
  const bassNote = new Float32Array(count);
  const low = new Float32Array(count);
  const full = new Float32Array(count);
  for (let i = 0; i < count; i++) {
    harmony[i] = changeAt(chroma, 'treble', i, count);
    bassNote[i] = changeAt(chroma, 'bass', i, count);
    low[i] = strongestAt(strength.low, beats[i]);
    full[i] = strongestAt(strength.full, beats[i]);
  }
  const cue = new Float32Array(count);
  for (const [values, weight] of [
    [harmony, CUES.harmony],
    [bassNote, CUES.bassNote],
    [low, CUES.low],
    [full, CUES.full],
  ] as const) {
    normalise(values);
    for (let i = 0; i < count; i++) cue[i] += weight * values[i];
  }
  normalise(cue);
  return cue;
}

/** 1 − cosine between the two beats before and the two beats from beat `i` on. */
function changeAt(chroma: Chroma, plane: keyof Chroma, i: number, count: number): number {
  if (i === 0) return 0;
  const before = new Float32Array(12);
  const after = new Float32Array(12);
  for (let pc = 0; pc < 12; pc++) {
    before[pc] = chroma[plane][(i - 1) * 12 + pc] + 0.5 * (i > 1 ? chroma[plane][(i - 2) * 12 + pc] : 0);
    after[pc] = chroma[plane][i * 12 + pc] + 0.5 * (i + 1 < count ? chroma[plane][(i + 1) * 12 + pc] : 0);
  }
  return 1 - cosineOf(before, 0, after, 0);
}

/** The strongest value at a beat or beside it; below 0 where hardly anything begins, which speaks against a downbeat. */
function strongestAt(values: Float32Array, frame: number): number {
  const t = Math.round(frame);
  return Math.max(values[t - 1] ?? 0, values[t] ?? 0, values[t + 1] ?? 0);
}

function normalise(values: Float32Array): void {
  let mean = 0;
  for (const value of values) mean += value / values.length;
  let variance = 0;
  for (const value of values) variance += (value - mean) ** 2 / values.length;
  const deviation = Math.max(Math.sqrt(variance), 1e-6);
  for (let i = 0; i < values.length; i++)
    values[i] = Math.max(-2, Math.min(3, (values[i] - mean) / deviation));
}
