import { BINS_PER_SEMITONE, CONTOUR_BINS, type Evidence } from '../transcription/evidence.ts';

/** Contour salience (of 255) from which a bin counts: sustained pitches, not noise. */
const FLOOR = 90;
const CENTS_PER_BIN = 100 / BINS_PER_SEMITONE;

/**
 * Estimates how far the recording's tuning lies from A = 440 Hz: the circular mean of where within the semitone the
 * contour's peaks lie, each peak placed between bins by a parabola.
 * @returns cents, −50 to 50, and the length of the mean vector as confidence, 0-1
 */
export function measureTuning(evidence: Evidence): { cents: number; confidence: number } {
  let x = 0;
  let y = 0;
  let total = 0;
  const { contour } = evidence;
  // Every fourth frame (46 ms) is plenty for a mean over a song.
  for (let t = 0; t < evidence.frames; t += 4) {
    const row = t * CONTOUR_BINS;
    for (let bin = 1; bin < CONTOUR_BINS - 1; bin++) {
      const here = contour[row + bin];
      if (here < FLOOR) continue;
      const left = contour[row + bin - 1];
      const right = contour[row + bin + 1];
      if (here < left || here <= right) continue;
      const bend = left - 2 * here + right;
      const shift = bend < 0 ? (0.5 * (left - right)) / bend : 0;
      // The middle one of a semitone's three bins is the semitone itself.
      const cents = (bin - 1 + shift) * CENTS_PER_BIN;
      const angle = (2 * Math.PI * cents) / 100;
      x += here * Math.cos(angle);
      y += here * Math.sin(angle);
      total += here;
    }
  }
  if (total === 0) return { cents: 0, confidence: 0 };
  const cents = (Math.atan2(y, x) * 100) / (2 * Math.PI);
  return {
    cents: Math.round(cents * 10) / 10,
    confidence: Math.round((1000 * Math.hypot(x, y)) / total) / 1000,
  };
}
