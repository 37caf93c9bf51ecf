import { type Evidence, KEYS, LOWEST_PITCH } from '../../transcription/evidence.ts';

/** A note that the posteriors show. Probabilities 0 to 1. */
export interface HeardNote {
  frame: number;
  endFrame: number;
  pitch: number;
  /** Height of the onset's peak. */
  onset: number;
  /** Mean probability that it sounds, over its first frames. */
  level: number;
}

/** Basic Pitch's own onset threshold is 0.5; lower peaks are taken in here and must earn their place by harmony. */
const LEAST_ONSET = Math.round(0.3 * 255);
/** Basic Pitch's frame threshold. */
const LEAST_NOTE = 0.3;
/** Frames over which the level is taken: 0.12 s. */
const LEVEL_FRAMES = 10;
/** Peaks of one pitch nearer than this, 58 ms, are one onset. */
const REFRACTORY = 5;
/** A note ends when it has been below this for `END_FRAMES` frames (128 ms, Basic Pitch's energy tolerance). */
const END_NOTE = Math.round(0.25 * 255);
const END_FRAMES = 11;

/** Finds note onsets as peaks of the onset posterior with a sounding note behind them, in order of frame, pitch. */
export function detectNotes(evidence: Evidence): HeardNote[] {
  const notes: HeardNote[] = [];
  for (let key = 0; key < KEYS; key++) {
    const peaks = findPeaks(evidence, key);
    peaks.forEach((frame, i) => {
      const level = meanNote(evidence, key, frame);
      if (level < LEAST_NOTE) return;
      notes.push({
        frame,
        endFrame: findEnd(evidence, key, frame, peaks[i + 1] ?? evidence.frames),
        pitch: key + LOWEST_PITCH,
        onset: evidence.onset[frame * KEYS + key] / 255,
        level,
      });
    });
  }
  return notes.sort((a, b) => a.frame - b.frame || a.pitch - b.pitch);
}

function findPeaks({ onset, frames }: Evidence, key: number): number[] {
  const peaks: number[] = [];
  for (let frame = 0; frame < frames; frame++) {
    const value = onset[frame * KEYS + key];
    if (value < LEAST_ONSET) continue;
    const before = frame > 0 ? onset[(frame - 1) * KEYS + key] : 0;
    const after = frame + 1 < frames ? onset[(frame + 1) * KEYS + key] : 0;
    if (value <= before || value < after) continue;
    const last = peaks.at(-1);
    if (last !== undefined && frame - last < REFRACTORY) {
      if (value > onset[last * KEYS + key]) peaks[peaks.length - 1] = frame;
    } else {
      peaks.push(frame);
    }
  }
  return peaks;
}

function meanNote({ note, frames }: Evidence, key: number, frame: number): number {
  const end = Math.min(frames, frame + LEVEL_FRAMES);
  let sum = 0;
  for (let f = frame; f < end; f++) sum += note[f * KEYS + key];
  return sum / (end - frame) / 255;
}

function findEnd({ note }: Evidence, key: number, frame: number, limit: number): number {
  let quiet = 0;
  let f = frame + 1;
  for (; f < limit && quiet < END_FRAMES; f++) quiet = note[f * KEYS + key] < END_NOTE ? quiet + 1 : 0;
  return Math.max(frame + 1, f - quiet);
}
