import { CHORD_HEADS, CHORD_HOP, CHORD_VALUES, type Evidence, HOP } from '../transcription/evidence.ts';
import { chordProbability } from './chord-probability.ts';

/** Frames of the chord network that are compared before and after: 0.51 s, a beat at 118 a minute. */
const REACH = 22;
const [TRIADS, BASSES] = CHORD_HEADS;

/**
 * How much the chord differs between just before and just after each frame of the evidence: one less the Bhattacharyya
 * coefficient of the chord network's mean probabilities; triad and bass count alike.
 * @returns 0-1 per frame
 */
export function measureChordChange(evidence: Evidence): Float32Array {
  const { chordFrames, chords, frames } = evidence;
  const classes = TRIADS + BASSES;
  const before = new Float64Array(classes);
  const after = new Float64Array(classes);
  const add = (t: number, sign: 1 | -1, sums: Float64Array) => {
    if (t < 0 || t >= chordFrames) return;
    for (let i = 0; i < classes; i++) sums[i] += sign * chordProbability[chords[t * CHORD_VALUES + i]];
  };
  for (let t = 0; t < REACH; t++) add(t, 1, after);
  const change = new Float32Array(chordFrames);
  for (let t = 0; t < chordFrames; t++) {
    const left = Math.min(REACH, t);
    const right = Math.min(REACH, chordFrames - t);
    if (left > 0 && right > 0) {
      let overlap = 0;
      for (let i = 0; i < classes; i++) {
        const product = before[i] * after[i];
        if (product > 0) overlap += Math.sqrt(product);
      }
      change[t] = Math.max(0, 1 - overlap / (2 * Math.sqrt(left * right)));
    }
    add(t, 1, before);
    add(t - REACH, -1, before);
    add(t, -1, after);
    add(t + REACH, 1, after);
  }
  return Float32Array.from({ length: frames }, (_, t) => change[Math.round((t * HOP) / CHORD_HOP)] ?? 0);
}
