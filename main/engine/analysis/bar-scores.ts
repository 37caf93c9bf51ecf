import { type Evidence, FRAME_RATE } from '../transcription/evidence.ts';
import type { BarScores } from './bar-pointer.ts';
import { readBeatActivation } from './beat-activation.ts';
import { measureChordChange } from './chord-change.ts';
import { measureOnsetStrength, type OnsetStrength } from './onset-strength.ts';
import type { Pulse, SongPulse } from './pulse.ts';

/** How the log-odds of the networks and what is measured add up, in nats. */
export interface ScoreWeights {
  /** Of the offline network's log-odds of a beat, of BeatNet's, and of the attack in deviations. */
  pulse: number;
  beatNet: number;
  attack: number;
  /** Added to every beat. */
  beat: number;
  /** Of the log-odds that a beat is a downbeat, likewise; of the change of chord, 0-1, and of kick and bass. */
  pulseDown: number;
  beatNetDown: number;
  chordChange: number;
  low: number;
  /** Added to every downbeat: it is one beat of three or four. */
  downbeat: number;
  /** How far the clearest beats around count as certain: 0 not at all, 1 wholly. */
  relative: number;
  /** Of the log-odds that a bar has three beats. */
  three: number;
}

/**
 * Tuned on training renders. The network has heard flux, chords and BeatNet itself: what it says of bars cannot be
 * bettered by adding them again, what it says of beats hardly.
 */
export const pulseWeights: ScoreWeights = {
  pulse: 1,
  relative: 1,
  beatNet: 0.05,
  attack: 0,
  beat: 0.4,
  pulseDown: 1,
  beatNetDown: 0,
  chordChange: 0,
  low: 0,
  downbeat: 0,
  three: 0.7,
};

/** While only BeatNet has listened: provisional beats. */
export const beatNetWeights: ScoreWeights = {
  pulse: 0,
  relative: 0,
  beatNet: 0.6,
  attack: 0.5,
  beat: 0.5,
  pulseDown: 0,
  beatNetDown: 0.5,
  chordChange: 3,
  low: 0.15,
  downbeat: -1.2,
  three: 0,
};

/** Least and most that one frame may say, in nats: no single frame decides. */
const LEAST_BEAT = -2;
const MOST_BEAT = 3;
const MOST_DOWNBEAT = 2.5;
/** Frames on either side of a beat whose downbeat activation and attack count as its own. */
const REACH = 2;
/** Seconds on either side in which something must sound like a beat for its absence to speak against one. */
const NEIGHBOURHOOD = 2.5;
/** Probability of the clearest beat around, from which a passage is taken at its word. */
const CLEAR = 0.5;

/** Adds up what speaks for beats and downbeats at each frame. `pulse` is null where no network has listened. */
export function scoreBars(
  evidence: Evidence,
  pulse: SongPulse | null,
  strength: OnsetStrength = measureOnsetStrength(evidence),
  weights: ScoreWeights = pulse ? pulseWeights : beatNetWeights,
): BarScores {
  const { frames } = evidence;
  const beatNet = readBeatActivation(evidence);
  // What weighs nothing is not measured.
  const change = weights.chordChange === 0 ? null : measureChordChange(evidence);
  const onBeat = new Float32Array(frames);
  const onDownbeat = new Float32Array(frames);
  const offDownbeat = new Float32Array(frames);
  const onThree = new Float32Array(frames);
  const clarity = maximumAround(pulse?.beat ?? beatNet.beat, Math.round(NEIGHBOURHOOD * FRAME_RATE));
  for (let t = 0; t < frames; t++) {
    const attack = Math.max(-0.5, Math.min(2, strength.full[t]));
    let beat = weights.beat + weights.beatNet * logOdds(beatNet.beat[t]) + weights.attack * attack;
    let down = weights.downbeat;
    if (weights.beatNetDown !== 0) down += weights.beatNetDown * downbeatLogOdds(beatNet, t);
    if (change) down += weights.chordChange * change[t];
    if (weights.low !== 0) down += weights.low * Math.min(2, peakNear(strength.low, t));
    if (pulse) {
      beat += weights.pulse * logOdds(pulse.beat[t] / Math.max(0.05, clarity[t]) ** weights.relative);
      down += weights.pulseDown * downbeatLogOdds(pulse, t);
      onThree[t] = weights.three * logOdds(pulse.three[t]);
    }
    onBeat[t] = Math.max(LEAST_BEAT, Math.min(MOST_BEAT, beat)) * Math.min(1, clarity[t] / CLEAR);
    down = Math.max(-MOST_DOWNBEAT, Math.min(MOST_DOWNBEAT, down));
    onDownbeat[t] = -Math.log1p(Math.exp(-down));
    offDownbeat[t] = -Math.log1p(Math.exp(down));
  }
  return { onBeat, onDownbeat, offDownbeat, onThree };
}

function logOdds(probability: number): number {
  const p = Math.max(0.004, Math.min(0.996, probability));
  return Math.log(p / (1 - p));
}

/** Log-odds that a beat at `t` is a downbeat, from the activations around it. */
function downbeatLogOdds(pulse: Pulse, t: number): number {
  let beat = 0.02;
  let down = 0.005;
  for (let u = Math.max(0, t - REACH); u <= t + REACH && u < pulse.beat.length; u++) {
    beat += pulse.beat[u];
    down += pulse.downbeat[u];
  }
  return logOdds(down / beat);
}

function peakNear(values: Float32Array, t: number): number {
  let top = 0;
  for (let u = Math.max(0, t - REACH); u <= t + REACH && u < values.length; u++)
    top = Math.max(top, values[u]);
  return top;
}

/** The largest value within `reach` frames of each, in linear time (van Herk, 1992). */
function maximumAround(values: Float32Array, reach: number): Float32Array {
  const { length } = values;
  const size = 2 * reach + 1;
  const left = Float32Array.from(values);
  const right = Float32Array.from(values);
  for (let t = 1; t < length; t++) if (t % size !== 0) left[t] = Math.max(left[t], left[t - 1]);
  for (let t = length - 2; t >= 0; t--) {
    if ((t + 1) % size !== 0) right[t] = Math.max(right[t], right[t + 1]);
  }
  return Float32Array.from(values, (_, t) =>
    Math.max(right[Math.max(0, t - reach)], left[Math.min(length - 1, t + reach)]),
  );
}
