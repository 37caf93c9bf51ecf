import { FRAME_RATE } from '../transcription/evidence.ts';

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
