import {
  type HeardMelody,
  MELODY_CLASSES,
  MELODY_LOWEST,
  MELODY_PITCHES,
  MELODY_POOL,
  MELODY_STEPS,
} from '../../../../main/engine/analysis/melody-listener.ts';
import { FRAME_RATE } from '../../../../main/engine/transcription/evidence.ts';

/** A note as somebody sings it, in seconds; `pitchAt` bends it, `seconds` after its start. */
export interface SungTone {
  start: number;
  end: number;
  pitch: number;
  played?: boolean;
  pitchAt?: (seconds: number) => number;
}

/**
 * What a network that hears well but not perfectly would say of a line: 0.8 for what sounds at a frame's middle, an octave
 * above and below 0.05 each, the rest spread; an onset of 0.8 in its half frame, 0.4 beside it.
 */
export function hearTones(tones: readonly SungTone[], seconds: number): HeardMelody {
  const frames = Math.ceil((seconds * FRAME_RATE) / MELODY_POOL);
  const pitch = new Uint8Array(frames * MELODY_CLASSES);
  const onset = new Uint8Array(2 * frames * MELODY_PITCHES);
  const sung = new Uint8Array(frames).fill(128);
  const probabilities = new Float64Array(MELODY_CLASSES);
  for (let t = 0; t < frames; t++) {
    const time = (t * MELODY_POOL + 1.5) / FRAME_RATE;
    const tone = tones.find(({ start, end }) => start <= time && time < end);
    probabilities.fill(0.1 / MELODY_CLASSES);
    if (tone) {
      const sounding = Math.round(tone.pitchAt?.(time - tone.start) ?? tone.pitch) - MELODY_LOWEST;
      for (const octave of [-12, 12]) {
        const p = sounding + octave;
        if (p >= 0 && p < MELODY_PITCHES) probabilities[p] += 0.05;
      }
      probabilities[sounding] += 0.8;
      probabilities[MELODY_PITCHES] += 0.1;
      sung[t] = tone.played ? 30 : 225;
    } else {
      probabilities[MELODY_PITCHES] += 0.9;
    }
    probabilities.forEach((p, c) => {
      pitch[t * MELODY_CLASSES + c] = Math.min(255, Math.round(-MELODY_STEPS * Math.log(p)));
    });
  }
  for (const tone of tones) {
    const half = Math.floor((tone.start * FRAME_RATE) / 2);
    for (const [at, value] of [
      [half - 1, 102],
      [half, 204],
      [half + 1, 102],
    ]) {
      if (at >= 0 && at < 2 * frames) onset[at * MELODY_PITCHES + tone.pitch - MELODY_LOWEST] = value;
    }
  }
  return { frames, pitch, onset, sung };
}

/** Beats in frames of the evidence at a steady tempo, with the end of the last. */
export function layBeats(bpm: number, count: number, start = 0.5): number[] {
  return Array.from({ length: count + 1 }, (_, i) => (start + (60 * i) / bpm) * FRAME_RATE);
}
