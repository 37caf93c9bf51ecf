import { CHORD_HOP, CHORD_VALUES, type Evidence, HOP, SILENCE } from '../../transcription/evidence.ts';
import { chordProbability } from '../chord-probability.ts';
import { type Chroma, measureChroma } from '../chroma.ts';

/** What is heard in each half beat. */
export interface HeardHalves {
  beats: number;
  /** `2 beats × CHORD_VALUES`, mean probability of each class of the chord network's heads; 0 where it has not listened. */
  heads: Float32Array;
  /** Note posteriors by pitch class, `2 beats` segments. */
  chroma: Chroma;
  /** `2 beats`, 1 where nothing sounds. */
  silent: Uint8Array;
}

/**
 * Averages the evidence of chords over half beats.
 * @param frames of the evidence: `beats + 1` borders of beats
 */
export function hearHalves(evidence: Evidence, frames: readonly number[]): HeardHalves {
  const beats = Math.max(0, frames.length - 1);
  const borders = frames.flatMap((frame, i) => (i < beats ? [frame, (frame + frames[i + 1]) / 2] : [frame]));
  const heads = new Float32Array(2 * beats * CHORD_VALUES);
  const silent = new Uint8Array(2 * beats);
  for (let half = 0; half < 2 * beats; half++) {
    const from = borders[half];
    const to = borders[half + 1];
    const row = heads.subarray(half * CHORD_VALUES, (half + 1) * CHORD_VALUES);
    averageHeads(evidence, (from * HOP) / CHORD_HOP, (to * HOP) / CHORD_HOP, row);
    silent[half] = isSilent(evidence, from, to) ? 1 : 0;
  }
  return { beats, heads, chroma: measureChroma(evidence, borders), silent };
}

/** Mean probability of each class between two network frames; the middle counts most, since changes smear. */
function averageHeads(evidence: Evidence, from: number, to: number, target: Float32Array): void {
  const first = Math.max(0, Math.min(evidence.chordFrames - 1, Math.ceil(from)));
  const last = Math.min(evidence.chordFrames, Math.max(first + 1, Math.ceil(to)));
  const centre = (from + to) / 2;
  const reach = Math.max(1, (to - from) / 2);
  const sums = new Float64Array(CHORD_VALUES);
  let all = 0;
  for (let t = first; t < last; t++) {
    const weight = Math.max(0.1, 1.2 - Math.abs(t - centre) / reach);
    all += weight;
    const at = t * CHORD_VALUES;
    for (let i = 0; i < CHORD_VALUES; i++) sums[i] += weight * chordProbability[evidence.chords[at + i]];
  }
  for (let i = 0; i < CHORD_VALUES; i++) target[i] = all > 0 ? sums[i] / all : 0;
}

function isSilent(evidence: Evidence, from: number, to: number): boolean {
  const last = Math.min(evidence.frames, Math.max(Math.round(from) + 1, Math.round(to)));
  for (let t = Math.max(0, Math.round(from)); t < last; t++) if (evidence.loudness[t] > SILENCE) return false;
  return true;
}
