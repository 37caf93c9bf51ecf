import { SAMPLE_RATE } from '../../../main/engine/transcription/evidence.ts';

/** Makes silence of some seconds to add sounds to. */
export function makeAudio(seconds: number): Float32Array {
  return new Float32Array(Math.round(seconds * SAMPLE_RATE));
}

/** Adds a decaying harmonic tone, like a plucked string. @param pitch MIDI note number */
export function addTone(
  audio: Float32Array,
  time: number,
  seconds: number,
  pitch: number,
  level = 0.2,
): void {
  const hz = 440 * 2 ** ((pitch - 69) / 12);
  const start = Math.round(time * SAMPLE_RATE);
  const length = Math.min(audio.length - start, Math.round(seconds * SAMPLE_RATE));
  for (let i = 0; i < length; i++) {
    const t = i / SAMPLE_RATE;
    const fade = Math.min(1, (length - i) / 300, i / 40) * Math.exp(-1.5 * t);
    let value = 0;
    for (let h = 1; h <= 5; h++) value += Math.sin(2 * Math.PI * hz * h * t) / h ** 1.5;
    audio[start + i] += level * fade * value;
  }
}

/** Adds a short burst of noise, like a snare or (lowpassed by `low`) a kick. Deterministic. */
export function addHit(audio: Float32Array, time: number, level: number, low: boolean): void {
  const start = Math.round(time * SAMPLE_RATE);
  let state = (start * 2654435761) >>> 0 || 1;
  let held = 0;
  for (let i = 0; i < 1800 && start + i < audio.length; i++) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    const noise = ((state >>> 0) / 2 ** 31 - 1) * Math.exp(-i / 350);
    held = low ? held + 0.03 * (noise - held) : noise;
    const body = low ? Math.sin((2 * Math.PI * 60 * i) / SAMPLE_RATE) * Math.exp(-i / 700) : 0;
    audio[start + i] += level * (held + body);
  }
}

/** Hands audio out in blocks, as the decoder does. */
export async function* inBlocks(audio: Float32Array, size = 65_536): AsyncGenerator<Float32Array> {
  for (let i = 0; i < audio.length; i += size) yield audio.slice(i, i + size);
}

export interface BandOptions {
  /** Seconds of every beat. */
  beats: readonly number[];
  beatsPerBar: number;
  /** Attacks between beats: 2 for eighths, 3 for triplets. */
  division: number;
  /** A triad a bar, pitch classes as MIDI numbers around C4; repeats. */
  chords: readonly (readonly number[])[];
}

/** Plays a small band: kick on one, snare on the others, hats between, bass and chords by the bar. */
export function playBand({ beats, beatsPerBar, division, chords }: BandOptions): Float32Array {
  const audio = makeAudio(beats[beats.length - 1] + 2);
  for (let i = 0; i + 1 < beats.length; i++) {
    const length = beats[i + 1] - beats[i];
    const position = i % beatsPerBar;
    addHit(audio, beats[i], position === 0 ? 0.7 : 0.35, position === 0);
    for (let k = 1; k < division; k++) addHit(audio, beats[i] + (length * k) / division, 0.05, false);
    const chord = chords[Math.floor(i / beatsPerBar) % chords.length];
    if (position === 0) addTone(audio, beats[i], length * beatsPerBar * 0.95, chord[0] - 24, 0.3);
    for (const pitch of chord) addTone(audio, beats[i], length * 0.9, pitch, position === 0 ? 0.14 : 0.08);
  }
  return audio;
}
