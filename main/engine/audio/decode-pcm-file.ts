import type { AudioFile } from './audio-file.ts';
import type { Decoded, DecodeState } from './decode-state.ts';
import { decodePcm, frameSize, type PcmLayout } from './pcm.ts';

/** Bytes read and decoded at once: at most 8 MB of float samples from 8-bit ones. */
const BLOCK_BYTES = 2 * 1024 * 1024;

/**
 * Decodes the samples of a wav or aiff file block by block; a file shorter than its header says simply ends.
 * @throws SongleafError file-unreadable
 */
export async function* decodePcmFile(
  file: AudioFile,
  layout: PcmLayout,
  state: DecodeState,
): AsyncGenerator<Decoded> {
  const step = frameSize(layout);
  const blockBytes = Math.floor(BLOCK_BYTES / step) * step;
  for (let done = 0; done < layout.length; done += blockBytes) {
    const bytes = await file.read(layout.offset + done, Math.min(blockBytes, layout.length - done));
    state.fraction = Math.min(1, (done + bytes.length) / layout.length);
    yield { channelData: decodePcm(bytes, layout), sampleRate: layout.sampleRate };
  }
}
