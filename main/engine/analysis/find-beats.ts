import { FRAME_RATE } from '../transcription/evidence.ts';
import { defaultBeatTrackerOptions, trackBeats } from './beat-tracker.ts';
import { type OnsetStrength, peakAt } from './onset-strength.ts';

/**
 * Attack half-way between beats over attack on beats, from which beats count as too slow. Kick and snare take turns on
 * the beat and half-way there; where beats are right only hats and strumming fall half-way. The slower the beats, the
 * less it takes. Measured: 0.74 to 1.12 on six recordings counted at half their tempo (50 to 70 a minute); 0.12 to 0.39
 * on nine right ones below 80 a minute, 0.72 and 0.79 on two right ones at 89 and 95.
 */
const DOUBLE_ABOVE = { slow: { bpm: 75, share: 0.6 }, fast: { bpm: 90, share: 0.9 } };
/** Mean attack of the weaker of every two beats over the stronger, below which every other beat is none. */
const HALVE_BELOW = 0.3;
const FASTEST_DOUBLED_BPM = 190;
const SLOWEST_HALVED_BPM = 55;
/** Octaves around the tempo that is settled on, for the last pass. */
const SETTLED_WIDTH = 0.12;
const SETTLED_WEIGHT = 1;
const SETTLED_RANGE = 0.4;

/** Finds the beats: tracks once, settles the tempo octave, tracks again near that tempo. Frames, ascending. */
export function findBeats(strength: OnsetStrength): number[] {
  const first = trackBeats(strength.full, strength.low);
  if (first.length < 8) return first;
  const binary = settleTernary(first, strength);
  return trackNear(strength, tempoOf(binary) * settleOctave(binary, strength.full));
}

/** Tracks with the tempo held near `bpm`. */
function trackNear(strength: OnsetStrength, bpm: number): number[] {
  return trackBeats(strength.full, strength.low, {
    ...defaultBeatTrackerOptions,
    tempoCentre: bpm,
    tempoWidth: SETTLED_WIDTH,
    priorWeight: SETTLED_WEIGHT,
    // Further off the prior leaves nothing; a narrow band keeps a two-hour song's search small.
    slowest: bpm / 2 ** SETTLED_RANGE,
    fastest: bpm * 2 ** SETTLED_RANGE,
  });
}

/** How much stronger the beats of a tempo in ratio 2:3 must be struck to be taken instead. */
const TERNARY_GAIN = 1.25;

/** In 6/8 pairs of eighths can pass for beats: tries two thirds and three halves of the tempo. */
function settleTernary(beats: readonly number[], strength: OnsetStrength): readonly number[] {
  let best = beats;
  let top = meanAttack(beats, strength.full) * TERNARY_GAIN;
  for (const ratio of [2 / 3, 3 / 2]) {
    const bpm = tempoOf(beats) * ratio;
    if (bpm < SLOWEST_HALVED_BPM || bpm > FASTEST_DOUBLED_BPM) continue;
    const other = trackNear(strength, bpm);
    if (other.length < 8 || Math.abs(Math.log2(tempoOf(other) / bpm)) > SETTLED_WIDTH) continue;
    const attack = meanAttack(other, strength.full);
    if (attack > top) {
      top = attack;
      best = other;
    }
  }
  return best;
}

function meanAttack(beats: readonly number[], attack: Float32Array): number {
  return beats.reduce((sum, beat) => sum + peakAt(attack, beat), 0) / beats.length;
}

/** Beats over which one interval is measured: a frame's rounding (12 ms) must not show in the tempo. */
const TEMPO_SPAN = 8;

/** Median tempo in beats per minute of beats in frames; at least two beats. */
export function tempoOf(beats: readonly number[]): number {
  const span = Math.min(TEMPO_SPAN, beats.length - 1);
  const intervals = beats.slice(span).map((beat, i) => (beat - beats[i]) / span);
  intervals.sort((a, b) => a - b);
  return (60 * FRAME_RATE) / intervals[intervals.length >> 1];
}

/**
 * Takes the rounding to frames out of beats: a quadratic fit over five beats (Savitzky & Golay, 1964), which follows
 * drift and ritardando but not jitter. The two beats at either end stay.
 */
export function smoothBeats(beats: readonly number[]): number[] {
  return beats.map((beat, i) => {
    if (i < 2 || i + 2 >= beats.length) return beat;
    return (-3 * (beats[i - 2] + beats[i + 2]) + 12 * (beats[i - 1] + beats[i + 1]) + 17 * beats[i]) / 35;
  });
}

/** 2 where the beats are counted at half the tempo, 0.5 where at double, 1 otherwise. */
function settleOctave(beats: readonly number[], attack: Float32Array): number {
  const bpm = tempoOf(beats);
  let on = 0;
  let between = 0;
  const parity = [0, 0];
  for (let i = 0; i + 1 < beats.length; i++) {
    on += peakAt(attack, beats[i]);
    between += peakAt(attack, (beats[i] + beats[i + 1]) / 2);
    parity[i % 2] += peakAt(attack, beats[i]);
  }
  const { slow, fast } = DOUBLE_ABOVE;
  const way = Math.min(1, Math.max(0, (bpm - slow.bpm) / (fast.bpm - slow.bpm)));
  const share = slow.share + way * (fast.share - slow.share);
  if (between > share * on && bpm * 2 <= FASTEST_DOUBLED_BPM) return 2;
  const weaker = Math.min(...parity) / Math.max(...parity, 1e-6);
  if (weaker < HALVE_BELOW && bpm / 2 >= SLOWEST_HALVED_BPM) return 0.5;
  return 1;
}
