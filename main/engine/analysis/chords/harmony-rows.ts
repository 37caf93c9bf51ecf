import { CHORD_VALUES, type Evidence, KEYS } from '../../transcription/evidence.ts';
import type { BarPosition } from '../beats.ts';
import type { HeardHalves } from './heard.ts';

/** What tells where a half beat stands: 0 first half of its beat, 1 second; place in the bar from 1; beats of the bar. */
const PLACE_VALUES = 3;
/** Values of a half beat: heads of the chord network, notes and onsets of the piano keys, its place. */
export const HARMONY_VALUES = CHORD_VALUES + 2 * KEYS + PLACE_VALUES;

/** Frames of the evidence at the beats and at the end of the last (`beats + 1`), and each beat's place in its bar. */
export interface BeatSpans {
  frames: readonly number[];
  bars: readonly BarPosition[];
}

/**
 * Lays out what the harmony network is given of each half beat (`models/songleaf_models/harmony`): mean probability of
 * each class of the chord network's heads, mean note posterior and strongest onset posterior of each piano key (0-1), and
 * where it stands in its bar.
 * @returns `2 beats × HARMONY_VALUES`
 */
export function layOutHalves(
  evidence: Evidence,
  { beats, heads }: Pick<HeardHalves, 'beats' | 'heads'>,
  { frames, bars }: BeatSpans,
): Float32Array {
  const rows = new Float32Array(2 * beats * HARMONY_VALUES);
  for (let half = 0; half < 2 * beats; half++) {
    const row = rows.subarray(half * HARMONY_VALUES, (half + 1) * HARMONY_VALUES);
    row.set(heads.subarray(half * CHORD_VALUES, (half + 1) * CHORD_VALUES));
    const beat = half >> 1;
    const middle = (frames[beat] + frames[beat + 1]) / 2;
    const [from, to] = half % 2 === 0 ? [frames[beat], middle] : [middle, frames[beat + 1]];
    addKeys(evidence, Math.round(from), Math.round(to), row.subarray(CHORD_VALUES));
    const { position, beats: size } = bars[beat];
    row.set([half % 2, position, size], HARMONY_VALUES - PLACE_VALUES);
  }
  return rows;
}

/** Means of the notes, then maxima of the onsets, between two frames. */
function addKeys(evidence: Evidence, from: number, to: number, row: Float32Array): void {
  const first = Math.max(0, Math.min(evidence.frames - 1, from));
  const last = Math.min(evidence.frames, Math.max(first + 1, to));
  const share = 1 / (255 * (last - first));
  for (let t = first; t < last; t++) {
    for (let key = 0; key < KEYS; key++) {
      row[key] += evidence.note[t * KEYS + key] * share;
      const onset = evidence.onset[t * KEYS + key] / 255;
      if (onset > row[KEYS + key]) row[KEYS + key] = onset;
    }
  }
}
