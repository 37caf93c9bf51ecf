import { type Evidence, FRAME_RATE, KEYS } from '../../transcription/evidence.ts';
import { STEPS_A_BEAT } from './windows.ts';

/** Frames of a window's posteriors: 32 ms each at 99.384 beats a minute, the first 45 ms before the downbeat. */
export const WINDOW_FRAMES = 153;
/** Onset, note, note by loudness. */
export const PLANES = 3;
const FRAME_SECONDS = 512 / 16_000;
const PRE_ROLL_SECONDS = 1000 / 22_050;
const BEAT_SECONDS = 13_312 / 22_050;
const PLANE = WINDOW_FRAMES * KEYS;
export const WINDOW_VALUES = PLANES * PLANE;

/** The loudness of the song's loud passages is that which a twentieth of it exceeds. */
const LOUD_QUANTILE = 0.95;
const RANGE_DB = 40;
const UNIT_DB = 96 / 255;

/**
 * Loudness of each frame told by the song's own: 255 as loud as its loud passages, 0 at 40 dB below, so that it does not
 * depend on the recording's level.
 */
export function measureLoudness({ loudness, frames }: Evidence): Uint8Array {
  if (frames === 0) return new Uint8Array(0);
  const sorted = loudness.toSorted();
  const place = LOUD_QUANTILE * (frames - 1);
  const below = sorted[Math.floor(place)];
  const loud = below + (place % 1) * (sorted[Math.ceil(place)] - below);
  return loudness.map((level) => {
    const share = 1 + ((level - loud) * UNIT_DB) / RANGE_DB;
    return Math.round(255 * Math.min(1, Math.max(0, share)));
  });
}

/** Seconds of a place in steps; outside the song its outermost steps go on. */
function timeAt(stepTimes: Float64Array, place: number): number {
  const last = stepTimes.length - 2;
  const step = Math.min(last, Math.max(0, Math.floor(place)));
  return stepTimes[step] + (place - step) * (stepTimes[step + 1] - stepTimes[step]);
}

/**
 * First and past-the-last frame of the evidence for each frame of a window from step `first` on: from half-way to the
 * frame before to half-way to the one behind.
 */
export function findFrames(
  first: number,
  stepTimes: Float64Array,
): { starts: Int32Array; stops: Int32Array } {
  const seconds = Float64Array.from({ length: WINDOW_FRAMES }, (_, frame) => {
    const beat = (frame * FRAME_SECONDS - PRE_ROLL_SECONDS) / BEAT_SECONDS;
    return timeAt(stepTimes, first + STEPS_A_BEAT * beat);
  });
  const end = WINDOW_FRAMES - 1;
  const edges = Float64Array.from({ length: WINDOW_FRAMES + 1 }, (_, edge) => {
    if (edge === 0) return 1.5 * seconds[0] - 0.5 * seconds[1];
    if (edge > end) return 1.5 * seconds[end] - 0.5 * seconds[end - 1];
    return (seconds[edge] + seconds[edge - 1]) / 2;
  });
  const frames = Int32Array.from(edges, (edge) => Math.ceil(edge * FRAME_RATE));
  const starts = frames.slice(0, WINDOW_FRAMES);
  return { starts, stops: starts.map((start, i) => Math.max(frames[i + 1], start + 1)) };
}

/**
 * Writes what the transcriber heard in a window into `target` at `at`: `PLANES × WINDOW_FRAMES × KEYS`, 0 to 1, as
 * `models/songleaf_models/a2s/posteriors.py` has it. Of onsets the greatest, since they last a frame or two, of the
 * others the mean. Before and behind the recording nothing is heard.
 * @param loudness of `measureLoudness`
 * @param stepTimes seconds at which the song's steps begin, and the last one ends
 */
export function layPosteriors(
  evidence: Evidence,
  loudness: Uint8Array,
  stepTimes: Float64Array,
  first: number,
  target: Float32Array,
  at: number,
): void {
  const { starts, stops } = findFrames(first, stepTimes);
  const sums = new Uint32Array(KEYS);
  for (let frame = 0; frame < WINDOW_FRAMES; frame++) {
    const from = Math.max(0, starts[frame]);
    const to = Math.min(evidence.frames, stops[frame]);
    if (from >= to) continue;
    sums.fill(0);
    const row = at + frame * KEYS;
    let level = 0;
    for (let heard = from; heard < to; heard++) {
      level += loudness[heard];
      for (let key = 0; key < KEYS; key++) {
        const onset = evidence.onset[heard * KEYS + key] / 255;
        if (onset > target[row + key]) target[row + key] = onset;
        sums[key] += evidence.note[heard * KEYS + key];
      }
    }
    const share = Math.floor(level / (to - from) + 0.5) / 255;
    for (let key = 0; key < KEYS; key++) {
      const note = Math.floor(sums[key] / (to - from) + 0.5) / 255;
      target[row + PLANE + key] = note;
      target[row + 2 * PLANE + key] = note * share;
    }
  }
}
