import { open, rename, rm } from 'node:fs/promises';
import type { AudioFormat } from '../../contract/audio.ts';
import type { Stereo } from '../audio/decode-to-stereo.ts';
import { FlacEncoder } from '../flac/flac-encoder.ts';
import { guardWriting } from '../guard-writing.ts';
import { writeAll } from '../write-all.ts';
import { wavHeader } from './wav-header.ts';

const FULL_SCALE = 32_768;
/** Suffix of a file being written. */
const TEMPORARY = '.tmp';

/**
 * Writes stereo blocks as a file of 16 bits a sample: whole under its name, or not at all.
 * @returns seconds written
 * @throws SongleafError `file-unwritable`, and what reading the blocks throws
 */
export async function writeAudio(
  blocks: AsyncIterable<Stereo>,
  target: string,
  format: AudioFormat,
  sampleRate: number,
): Promise<number> {
  const encoder = format === 'flac' ? new FlacEncoder(sampleRate) : new WavEncoder(sampleRate);
  const temporary = `${target}${TEMPORARY}`;
  const file = await guardWriting(target, () => open(temporary, 'w'));
  let frames = 0;
  try {
    await guardWriting(target, () => writeAll(file, encoder.header));
    for await (const [left, right] of blocks) {
      const bytes = encoder.add(toSamples(left), toSamples(right));
      await guardWriting(target, () => writeAll(file, bytes));
      frames += left.length;
    }
    await guardWriting(target, async () => {
      await writeAll(file, encoder.finish());
      await writeAll(file, encoder.header, 0);
      await file.sync();
      await file.close();
      await rename(temporary, target);
    });
  } catch (error) {
    await file.close();
    await rm(temporary, { force: true });
    throw error;
  }
  return frames / sampleRate;
}

/** To the nearest step of 16 bits; what is over full scale is clipped. */
function toSamples(channel: Float32Array): Int32Array {
  return Int32Array.from(channel, (sample) =>
    Math.max(-FULL_SCALE, Math.min(FULL_SCALE - 1, Math.round(sample * FULL_SCALE))),
  );
}

/** The same steps as `FlacEncoder`. */
class WavEncoder {
  readonly #rate: number;
  #frames = 0;

  constructor(sampleRate: number) {
    this.#rate = sampleRate;
  }

  get header(): Uint8Array {
    return wavHeader(this.#frames, this.#rate);
  }

  add(left: Int32Array, right: Int32Array): Uint8Array {
    const bytes = Buffer.alloc(4 * left.length);
    for (let i = 0; i < left.length; i++) {
      bytes.writeInt16LE(left[i], 4 * i);
      bytes.writeInt16LE(right[i], 4 * i + 2);
    }
    this.#frames += left.length;
    return bytes;
  }

  finish(): Uint8Array {
    return new Uint8Array();
  }
}
