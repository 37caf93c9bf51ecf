import { FRAME_RATE } from '../transcription/evidence.ts';

export interface BeatTrackerOptions {
  /** Centre of the tempo prior in beats per minute. */
  tempoCentre: number;
  /** Its standard deviation in octaves. */
  tempoWidth: number;
  /** Cost of an interval's change per (log2 ratio)², in units of onset strength. */
  stiffness: number;
  /** Weight of the attack half-way between beats, against the beat's own. */
  half: number;
  priorWeight: number;
  lowWeight: number;
  /** Tempi that are considered at all, beats per minute. */
  slowest: number;
  fastest: number;
}

export const defaultBeatTrackerOptions: BeatTrackerOptions = {
  tempoCentre: 112,
  tempoWidth: 0.75,
  stiffness: 2000,
  half: 0.7,
  priorWeight: 1,
  lowWeight: 0.5,
  slowest: 50,
  fastest: 220,
};

/** Attacks count up to this many deviations: a few huge ones must not decide the tempo. */
const LOUDEST_ATTACK = 2;
/** Frames that an interval may change from one beat to the next. */
const MAX_CHANGE = 3;

/**
 * Finds beats by dynamic programming over beat time and beat interval: each beat's reward is the attack at it, with
 * part of the attack half-way, weighted by the interval so that fast and slow tempi compete on equal terms; changes
 * of interval cost. A semi-Markov form of the bar-pointer model (Whiteley et al., ISMIR 2006; Krebs et al., 2015).
 * @returns frames of beats (fractions), ascending
 */
export function trackBeats(
  full: Float32Array,
  low: Float32Array,
  options: BeatTrackerOptions = defaultBeatTrackerOptions,
): number[] {
  const frames = full.length;
  const shortest = Math.floor((60 * FRAME_RATE) / options.fastest);
  const longest = Math.ceil((60 * FRAME_RATE) / options.slowest);
  const count = longest - shortest + 1;
  if (frames < longest * 2) return [];
  const attack = smooth(full, low, options.lowWeight);
  const prior = Float64Array.from({ length: count }, (_, i) => {
    const bpm = (60 * FRAME_RATE) / (shortest + i);
    const octaves = Math.log2(bpm / options.tempoCentre) / options.tempoWidth;
    return -0.5 * options.priorWeight * octaves * octaves;
  });
  const change = new Float64Array(count * (2 * MAX_CHANGE + 1));
  for (let i = 0; i < count; i++) {
    for (let d = -MAX_CHANGE; d <= MAX_CHANGE; d++) {
      const octaves = Math.log2((shortest + i) / Math.max(1, shortest + i + d));
      change[i * (2 * MAX_CHANGE + 1) + d + MAX_CHANGE] = options.stiffness * octaves * octaves;
    }
  }
  // best[t, i]: best total with a beat at t whose interval before it is shortest + i. Only the last `longest` frames
  // are looked back at, so a ring of them is kept; `from` is needed whole.
  const ring = longest + 1;
  const best = new Float64Array(ring * count);
  const from = new Int8Array(frames * count);
  const begin = MAX_CHANGE + 1;
  for (let t = 0; t < frames; t++) {
    for (let i = 0; i < count; i++) {
      const interval = shortest + i;
      const weight = interval / FRAME_RATE;
      const here = attack[t] + prior[i];
      const before = t - interval;
      const at = (t % ring) * count + i;
      if (before < 0) {
        best[at] = weight * here * Math.min(1, t / interval);
        from[t * count + i] = begin;
        continue;
      }
      const row = (before % ring) * count;
      let top = -Infinity;
      let chosen = 0;
      const lowest = Math.max(-MAX_CHANGE, -i);
      const highest = Math.min(MAX_CHANGE, count - 1 - i);
      for (let d = lowest; d <= highest; d++) {
        const score = best[row + i + d] - change[i * (2 * MAX_CHANGE + 1) + d + MAX_CHANGE];
        if (score > top) {
          top = score;
          chosen = d;
        }
      }
      best[at] = top + weight * (here + options.half * attack[before + (interval >> 1)]);
      from[t * count + i] = chosen;
    }
  }
  return backtrack(best, from, { frames, shortest, count, ring, begin });
}

function backtrack(
  best: Float64Array,
  from: Int8Array,
  size: { frames: number; shortest: number; count: number; ring: number; begin: number },
): number[] {
  const { frames, shortest, count, ring, begin } = size;
  let top = -Infinity;
  let t = frames - 1;
  let i = 0;
  for (let end = frames - shortest - count; end < frames; end++) {
    for (let j = 0; j < count; j++) {
      // The last beat lies within one interval of the end.
      if (frames - end > shortest + j) continue;
      const score = best[(end % ring) * count + j];
      if (score > top) {
        top = score;
        t = end;
        i = j;
      }
    }
  }
  const beats: number[] = [];
  while (true) {
    beats.push(t);
    const step = from[t * count + i];
    if (step === begin) break;
    t -= shortest + i;
    i += step;
  }
  return beats.reverse();
}

/** Peaks count from a frame to either side: attacks are rarely exact to 12 ms. */
function smooth(full: Float32Array, low: Float32Array, lowWeight: number): Float32Array {
  const out = new Float32Array(full.length);
  const at = (t: number) => {
    const i = Math.min(Math.max(t, 0), full.length - 1);
    return Math.min(LOUDEST_ATTACK, (full[i] + lowWeight * low[i]) / (1 + lowWeight));
  };
  for (let t = 0; t < full.length; t++) {
    out[t] = 0.25 * at(t - 2) + 0.6 * at(t - 1) + at(t) + 0.6 * at(t + 1) + 0.25 * at(t + 2);
    out[t] /= 2.7;
  }
  return out;
}
