import { SampleQueue } from './sample-queue.ts';

export interface FrameChunk {
  /** The samples to give to the network: the frames wanted with their context, inside the song. */
  samples: Float32Array;
  /** Frames of context before the first one wanted. */
  skip: number;
  /** Frames wanted. */
  frames: number;
}

/**
 * Cuts audio into chunks of whole frames with context on either side. A song of N samples has 1 + ⌊N / hop⌋ frames, frame
 * t centred on sample `hop · t`; at the song's own ends no context is given, because the networks take zeros to lie there.
 */
export async function* cutIntoFrames(
  blocks: AsyncIterable<Float32Array>,
  options: { hop: number; frames: number; context: number; signal?: AbortSignal },
): AsyncGenerator<FrameChunk> {
  const { hop, frames: wanted, context } = options;
  const queue = new SampleQueue(0);
  let frame = 0;
  const take = (frames: number, end: number): FrameChunk => {
    const low = Math.max(0, frame - context);
    const samples = new Float32Array(end - low * hop);
    queue.read(low * hop, samples);
    const skip = frame - low;
    frame += frames;
    queue.dropBefore((frame - context) * hop);
    return { samples, skip, frames };
  };
  for await (const block of blocks) {
    options.signal?.throwIfAborted();
    queue.push(block);
    while (queue.end >= (frame + wanted + context) * hop) {
      yield take(wanted, (frame + wanted + context) * hop);
    }
  }
  const total = 1 + Math.floor(queue.end / hop);
  while (frame < total && queue.end > 0) {
    const frames = Math.min(wanted, total - frame);
    yield take(frames, Math.min(queue.end, (frame + frames + context) * hop));
  }
}
