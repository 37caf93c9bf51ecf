import type { Drum } from './piece.ts';

const TAU = 2 * Math.PI;

/** Hz of a MIDI note number. */
const hertz = (pitch: number) => 440 * 2 ** ((pitch - 69) / 12);

/** Adds a sound that begins at a sample. */
export type Play = (target: Float32Array, from: number, rate: number) => void;

/** A flute-like voice with vibrato that comes in after the beginning of a note. */
export function playLead(pitch: number, seconds: number, loudness: number): Play {
  return (target, from, rate) => {
    const f = hertz(pitch);
    const partials = [1, 0.42, 0.22, 0.09, 0.05];
    const length = Math.round((seconds + 0.12) * rate);
    let phase = 0;
    for (let i = 0; i < length && from + i < target.length; i++) {
      const t = i / rate;
      const vibrato = 1 + 0.004 * Math.min(1, Math.max(0, (t - 0.25) / 0.3)) * Math.sin(TAU * 5.3 * t);
      phase += (TAU * f * vibrato) / rate;
      const attack = Math.min(1, t / 0.035);
      const release = t < seconds - 0.04 ? 1 : Math.max(0, 1 - (t - seconds + 0.04) / 0.14);
      let sample = 0;
      for (let k = 0; k < partials.length; k++) sample += partials[k] * Math.sin((k + 1) * phase);
      target[from + i] += 0.2 * loudness * attack * release * (0.9 + 0.1 * Math.exp(-3 * t)) * sample;
    }
  };
}

/** A plucked bass whose upper partials fade first. */
export function playBass(pitch: number, seconds: number, loudness: number): Play {
  return (target, from, rate) => {
    const f = hertz(pitch);
    const length = Math.round((seconds + 0.08) * rate);
    for (let i = 0; i < length && from + i < target.length; i++) {
      const t = i / rate;
      const release = t < seconds ? 1 : Math.max(0, 1 - (t - seconds) / 0.08);
      let sample = 0;
      for (let k = 1; k <= 6; k++) sample += (Math.exp(-(0.9 + 1.6 * k) * t) / k) * Math.sin(TAU * k * f * t);
      target[from + i] += 0.42 * loudness * Math.min(1, t / 0.004) * release * sample;
    }
  };
}

/** Kick, snare and hat out of sines and noise. @param noise numbers from −1 to 1 */
export function playDrum(drum: Drum, loudness: number, noise: () => number): Play {
  return (target, from, rate) => {
    const seconds = { kick: 0.28, snare: 0.2, hat: 0.06 }[drum];
    let before = 0;
    let phase = 0;
    for (let i = 0; i < seconds * rate && from + i < target.length; i++) {
      const t = i / rate;
      const white = noise();
      // A first difference: only what is high is left.
      const high = (white - before) / 2;
      before = white;
      phase += (TAU * (48 + 110 * Math.exp(-t * 38))) / rate;
      const sample = {
        kick: 0.8 * Math.exp(-t * 13) * Math.sin(phase),
        snare: 0.28 * Math.exp(-t * 22) * white + 0.2 * Math.exp(-t * 30) * Math.sin(TAU * 190 * t),
        hat: 0.2 * Math.exp(-t * 75) * high,
      }[drum];
      target[from + i] += loudness * sample;
    }
  };
}

/** Numbers from −1 to 1, the same ones for the same seed (mulberry32). */
export function makeNoise(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 31 - 1;
  };
}
