import { SongleafError } from '../../contract/errors.ts';
import {
  BATCH,
  type BasicPitch,
  KEPT_FRAMES,
  MARGIN_FRAMES,
  quantiseFrames,
  STEP_SAMPLES,
  WINDOW_SAMPLES,
  type WindowPosteriors,
} from './basic-pitch.ts';
import { CONTOUR_BINS, type Evidence, HOP, KEYS, SAMPLE_RATE } from './evidence.ts';
import { allocateEvidence } from './evidence-file.ts';
import { type Attack, FluxListener } from './flux-listener.ts';
import { Growing, makeBytes } from './growing.ts';
import { SampleQueue } from './sample-queue.ts';

export interface TranscribeOptions {
  signal?: AbortSignal;
  /** Length of the recording as far as its header tells, so that memory is taken once. */
  expectedSeconds?: number;
  /** Flux and loudness of the same audio, where they have been measured; otherwise they are now. */
  attack?: Attack;
  /** Told after each batch: seconds of audio heard so far. */
  onProgress?: (seconds: number) => void;
}

const BATCH_FRAMES = BATCH * KEPT_FRAMES;

/**
 * Hears the notes of a recording: runs Basic Pitch over overlapping windows, beside flux and loudness.
 * Holds a few seconds of audio at a time, whatever the song's length.
 * @param blocks mono audio at 22,050 Hz in blocks of any size
 * @throws SongleafError `audio-empty` when there is no audio at all, `cancelled` on abort
 */
export async function transcribe(
  blocks: AsyncIterable<Float32Array>,
  network: BasicPitch,
  options: TranscribeOptions = {},
): Promise<Evidence> {
  const iterator = blocks[Symbol.asyncIterator]();
  // The first window begins before the recording does, so that its first kept frame is frame 0.
  const queue = new SampleQueue(-MARGIN_FRAMES * HOP);
  const expected = ((options.expectedSeconds ?? 0) * SAMPLE_RATE) / HOP + 2;
  const onset = new Growing(makeBytes, expected * KEYS);
  const note = new Growing(makeBytes, expected * KEYS);
  const contour = new Growing(makeBytes, expected * CONTOUR_BINS);
  const listener = options.attack ? null : new FluxListener(options.expectedSeconds ?? 0);
  const input = new Float32Array(BATCH * WINDOW_SAMPLES);
  let ended = false;
  let frame = 0;
  try {
    while (true) {
      if (options.signal?.aborted) throw cancelled();
      const needed = (frame - MARGIN_FRAMES) * HOP + (BATCH - 1) * STEP_SAMPLES + WINDOW_SAMPLES;
      while (!ended && queue.end < needed) {
        const next = await iterator.next();
        if (next.done) ended = true;
        else {
          queue.push(next.value);
          listener?.push(next.value);
        }
      }
      const total = Math.ceil(queue.end / HOP);
      if (ended && frame >= total) break;
      const frames = ended ? Math.min(BATCH_FRAMES, total - frame) : BATCH_FRAMES;
      const windows = Math.ceil(frames / KEPT_FRAMES);
      for (let window = 0; window < windows; window++) {
        const start = (frame - MARGIN_FRAMES) * HOP + window * STEP_SAMPLES;
        queue.read(start, input.subarray(window * WINDOW_SAMPLES, (window + 1) * WINDOW_SAMPLES));
      }
      const part = {
        onset: onset.grow(frames * KEYS),
        note: note.grow(frames * KEYS),
        contour: contour.grow(frames * CONTOUR_BINS),
      };
      // The runtime computes in this thread but lets messages in before each run, so a batch is what a caller waits.
      keepPosteriors(await network.run(input.subarray(0, windows * WINDOW_SAMPLES), windows), part, frames);
      frame += frames;
      queue.dropBefore((frame - MARGIN_FRAMES) * HOP);
      options.onProgress?.((frame * HOP) / SAMPLE_RATE);
    }
  } finally {
    await iterator.return?.();
  }
  if (frame === 0) {
    throw new SongleafError('audio-empty', 'The recording holds no audio.', 'Choose a file that plays.');
  }
  const { flux, loudness } = options.attack ?? listener!.finish();
  return {
    ...allocateEvidence(0),
    frames: frame,
    onset: onset.finish(),
    note: note.finish(),
    contour: contour.finish(),
    flux,
    loudness,
  };
}

function cancelled(): SongleafError {
  return new SongleafError('cancelled', 'The transcription was cancelled.', 'Start it again when you like.');
}

function keepPosteriors(
  posteriors: WindowPosteriors,
  part: Pick<Evidence, 'onset' | 'note' | 'contour'>,
  frames: number,
): void {
  for (let window = 0; window * KEPT_FRAMES < frames; window++) {
    const first = window * KEPT_FRAMES;
    const kept = Math.min(KEPT_FRAMES, frames - first);
    quantiseFrames(posteriors.onset, window, KEYS, part.onset, first, kept);
    quantiseFrames(posteriors.note, window, KEYS, part.note, first, kept);
    quantiseFrames(posteriors.contour, window, CONTOUR_BINS, part.contour, first, kept);
  }
}
