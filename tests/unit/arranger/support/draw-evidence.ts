import { uniform } from '../../../../main/engine/arranger/random.ts';
import {
  CONTOUR_BINS,
  type Evidence,
  FLUX_BANDS,
  FRAME_RATE,
  KEYS,
  LOWEST_PITCH,
} from '../../../../main/engine/transcription/evidence.ts';
import { allocateEvidence } from '../../../../main/engine/transcription/evidence-file.ts';
import type { PlayedNote } from './song-fixture.ts';

/** How far the drawn posteriors are from the truth: 0 is perfect hearing, 1 about what a full band gives. */
export interface DrawOptions {
  hardness: number;
  seed: number;
}

/**
 * Draws the posteriors that a transcriber would give for known notes: a peak at each onset, a fading hold, ghosts an
 * octave and a twelfth above, missed notes, jitter and stray notes in proportion to `hardness`.
 */
export function drawEvidence(notes: readonly PlayedNote[], seconds: number, options: DrawOptions): Evidence {
  const { hardness, seed } = options;
  const evidence = allocateEvidence(Math.ceil(seconds * FRAME_RATE));
  const random = (...keys: number[]) => uniform(seed, ...keys);
  notes.forEach(([start, end, pitch, velocity], i) => {
    if (random(1, i) < 0.2 * hardness) return;
    const jitter = (random(2, i) - 0.5) * 0.04 * hardness;
    const sure = 0.95 - hardness * 0.45 * random(3, i);
    drawNote(evidence, start + jitter, end, pitch, sure, velocity);
    if (random(4, i) < 0.35 * hardness) drawNote(evidence, start + jitter, end, pitch + 12, sure * 0.6, 0);
    if (random(5, i) < 0.15 * hardness) drawNote(evidence, start + jitter, end, pitch + 19, sure * 0.5, 0);
    if (random(6, i) < 0.25 * hardness) {
      const at = random(7, i) * seconds;
      drawNote(evidence, at, at + 0.2, 40 + Math.floor(random(8, i) * 45), 0.3 + 0.4 * random(9, i), 0);
    }
  });
  return evidence;
}

function drawNote(
  evidence: Evidence,
  start: number,
  end: number,
  pitch: number,
  sure: number,
  velocity: number,
): void {
  const key = pitch - LOWEST_PITCH;
  if (key < 0 || key >= KEYS) return;
  const first = Math.max(0, Math.round(start * FRAME_RATE));
  const last = Math.min(evidence.frames, Math.max(first + 4, Math.round(end * FRAME_RATE)));
  const raise = (array: Uint8Array, index: number, value: number) => {
    if (index >= 0 && index < array.length)
      array[index] = Math.max(array[index], Math.min(255, Math.round(value)));
  };
  [0.35, 1, 0.55, 0.2].forEach((share, i) => {
    raise(evidence.onset, (first - 1 + i) * KEYS + key, 255 * sure * share);
  });
  for (let frame = first; frame < last; frame++) {
    const fade = Math.max(0.45, 1 - (frame - first) / (2.5 * FRAME_RATE));
    raise(evidence.note, frame * KEYS + key, 230 * sure * fade);
    raise(evidence.contour, frame * CONTOUR_BINS + 3 * key + 1, 230 * sure * fade);
    if (velocity > 0) raise(evidence.loudness, frame, 190 + velocity / 3);
  }
  // Eight bands from 40 Hz to 10 kHz, an octave each as near as matters.
  const band = Math.floor(Math.log2((440 * 2 ** ((pitch - 69) / 12)) / 40));
  for (const [offset, share] of [
    [0, 0.6],
    [1, 1],
    [2, 0.4],
  ]) {
    for (let above = 0; above < 3; above++) {
      const index = (first + offset) * FLUX_BANDS + Math.min(FLUX_BANDS - 1, Math.max(0, band) + above);
      if (index < evidence.flux.length) {
        evidence.flux[index] = Math.min(255, evidence.flux[index] + (velocity * share) / (1 + above));
      }
    }
  }
}
