import { cutIntoFrames } from './chunked-frames.ts';
import { CHORD_HOP } from './evidence.ts';
import { Growing, makeFloats } from './growing.ts';
import type { Network } from './network.ts';

/** Peaks a frame at most, and the frames of context that the network needs (`models/README.md`, tuning.onnx). */
const PEAKS = 358;
const CONTEXT = 2;
const CHUNK = 1292;
const CLASSES = 100;

/**
 * Estimates the tuning that the constant-Q transform is to be laid on, as librosa 0.11 does (`estimate_tuning`): the
 * fullest of 100 classes of spectral peaks' deviations, among peaks stronger than the median.
 * @param blocks mono audio at 22,050 Hz
 * @returns −0.5 to 0.49, in thirds of a semitone; 0 for silence
 */
export async function listenForTuning(
  blocks: AsyncIterable<Float32Array>,
  network: Network,
  signal?: AbortSignal,
): Promise<number> {
  const deviations = new Growing(makeFloats, 0);
  const strengths = new Growing(makeFloats, 0);
  const chunks = cutIntoFrames(blocks, {
    hop: CHORD_HOP,
    frames: CHUNK,
    context: CONTEXT,
    ...(signal ? { signal } : {}),
  });
  for await (const { samples, skip, frames } of chunks) {
    const { deviation, strength } = await network.run({
      audio: { data: samples, shape: [1, samples.length] },
    });
    const peaks: number[] = [];
    for (let i = skip * PEAKS; i < (skip + frames) * PEAKS; i++) if (strength[i] > 0) peaks.push(i);
    deviations.grow(peaks.length).set(peaks.map((i) => deviation[i]));
    strengths.grow(peaks.length).set(peaks.map((i) => strength[i]));
  }
  return fullestClass(deviations.finish(), strengths.finish());
}

function fullestClass(deviations: Float32Array, strengths: Float32Array): number {
  if (strengths.length === 0) return 0;
  const sorted = strengths.slice().sort();
  const middle = sorted.length >> 1;
  const median = sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  const counts = new Uint32Array(CLASSES);
  deviations.forEach((deviation, i) => {
    if (strengths[i] < median || deviation < -0.5 || deviation > 0.5) return;
    counts[Math.min(CLASSES - 1, Math.floor((deviation + 0.5) * CLASSES))]++;
  });
  let best = 0;
  for (let i = 1; i < CLASSES; i++) if (counts[i] > counts[best]) best = i;
  return -0.5 + best / CLASSES;
}
