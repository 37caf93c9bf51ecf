import { SongleafError } from '../../contract/errors.ts';
import { cutIntoFrames } from './chunked-frames.ts';
import { CHORD_HEADS, CHORD_HOP, CHORD_STEPS, CHORD_VALUES, SAMPLE_RATE } from './evidence.ts';
import { Growing, makeFloats } from './growing.ts';
import { type Network, type NetworkOptions, withNetwork } from './network.ts';
import { moveOntoSemitones } from './retune.ts';
import { listenForTuning } from './tuning-listener.ts';

/** Constant-Q bins a frame and the context it needs (`models/README.md`, cqt.onnx). */
const BINS = 252;
const CQT_CONTEXT = 112;
const CQT_CHUNK = 1292;
/**
 * Frames that the chord network is given at most, and its context. It normalises over all that it hears, so the fewer
 * chunks the better, but a thousand frames take 45 MB.
 */
const LONGEST = 7000;
const CONTEXT = 256;
/** Of the five published networks the last alone agrees with all five on 99.7 % of frames, at a fifth of the cost. */
const CHORD_NETWORK = 'chords-4';

export interface ChordListenerOptions extends NetworkOptions {
  signal?: AbortSignal;
  expectedSeconds?: number;
  /** Told how much is done, 0 to 1. */
  onProgress?: (fraction: number) => void;
}

/**
 * Hears chords: tuning, constant-Q transform, then the chord network (Jiang, Chen, Li & Xia, ISMIR 2019), each loaded and
 * let go in turn.
 * @param read gives the song's audio, mono at 22,050 Hz, from its start; called twice
 * @returns the plane `chords` of the evidence
 */
export async function listenForChords(
  read: () => AsyncIterable<Float32Array>,
  options: ChordListenerOptions,
): Promise<{ chordFrames: number; chords: Uint8Array }> {
  const tuning = await withNetwork('tuning', options, (network) =>
    listenForTuning(read(), network, options.signal),
  );
  options.onProgress?.(0.25);
  const magnitudes = await withNetwork('cqt', options, (network) =>
    measureCqt(read(), network, tuning, options),
  );
  moveOntoSemitones(magnitudes, BINS);
  options.onProgress?.(0.4);
  return await withNetwork(CHORD_NETWORK, options, (network) => nameFrames(magnitudes, network, options));
}

/** @returns `T × 252` magnitudes, 36 bins an octave from C1 (bin 18 above F#0) */
async function measureCqt(
  blocks: AsyncIterable<Float32Array>,
  network: Network,
  tuning: number,
  options: ChordListenerOptions,
): Promise<Float32Array> {
  const expected = ((options.expectedSeconds ?? 0) * SAMPLE_RATE) / CHORD_HOP + 2;
  const store = new Growing(makeFloats, expected * BINS);
  const tuned = { data: Float32Array.of(tuning), shape: [1] };
  const chunks = cutIntoFrames(blocks, {
    hop: CHORD_HOP,
    frames: CQT_CHUNK,
    context: CQT_CONTEXT,
    ...(options.signal ? { signal: options.signal } : {}),
  });
  for await (const { samples, skip, frames } of chunks) {
    const audio = { data: samples, shape: [1, samples.length] };
    const { magnitudes } = await network.run({ audio, tuning: tuned });
    store.grow(frames * BINS).set(magnitudes.subarray(skip * BINS, (skip + frames) * BINS));
  }
  return store.finish();
}

/** Runs the chord network in as few equal chunks as `LONGEST` allows. */
async function nameFrames(
  magnitudes: Float32Array,
  network: Network,
  options: ChordListenerOptions,
): Promise<{ chordFrames: number; chords: Uint8Array }> {
  const total = magnitudes.length / BINS;
  const chords = new Uint8Array(total * CHORD_VALUES);
  const chunk = Math.ceil(total / Math.max(1, Math.ceil(total / LONGEST)));
  for (let first = 0; first < total; first += chunk) {
    options.signal?.throwIfAborted();
    const last = Math.min(total, first + chunk);
    const low = Math.max(0, first - CONTEXT);
    const high = Math.min(total, last + CONTEXT);
    const { logits } = await network.run({
      magnitudes: { data: magnitudes.slice(low * BINS, high * BINS), shape: [1, high - low, BINS] },
    });
    if (logits?.length !== (high - low) * CHORD_VALUES) {
      throw new SongleafError(
        'model-corrupt',
        'The chord network gave no chords.',
        'Install Songleaf again.',
      );
    }
    for (let t = first; t < last; t++)
      quantiseChord(logits, (t - low) * CHORD_VALUES, chords, t * CHORD_VALUES);
    options.onProgress?.(0.4 + (0.6 * last) / total);
  }
  return { chordFrames: total, chords };
}

/** −ln(softmax) of each head in sixteenths, 0-255. */
export function quantiseChord(logits: Float32Array, from: number, target: Uint8Array, to: number): void {
  let offset = 0;
  for (const width of CHORD_HEADS) {
    let top = -Infinity;
    for (let i = 0; i < width; i++) top = Math.max(top, logits[from + offset + i]);
    let sum = 0;
    for (let i = 0; i < width; i++) sum += Math.exp(logits[from + offset + i] - top);
    const log = Math.log(sum);
    for (let i = 0; i < width; i++) {
      const value = CHORD_STEPS * (log + top - logits[from + offset + i]);
      // NaN compares false and becomes the least likely.
      target[to + offset + i] = value < 255 ? Math.round(Math.max(0, value)) : 255;
    }
    offset += width;
  }
}
