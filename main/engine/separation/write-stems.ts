import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { FlacEncoder } from '../flac/flac-encoder.ts';
import { guardWriting } from '../guard-writing.ts';
import { writeAll } from '../write-all.ts';
import { WHOLE_BAND } from './band.ts';
import type { Separated } from './separate.ts';

const FULL_SCALE = 32_768;
/** Suffix of files being written. */
const TEMPORARY = '.tmp';

/**
 * Writes vocals and accompaniment as 16-bit FLAC. Their sum is the mix rounded to 16 bits, sample for sample, where
 * neither is clipped. Both files are whole or absent; the accompaniment gets its name last.
 * @returns seconds written
 * @throws SongleafError `file-unwritable`, and what reading the stretches throws
 */
export async function writeStems(
  stretches: AsyncIterable<Separated>,
  targets: { vocals: string; accompaniment: string },
): Promise<number> {
  const files: FlacFile[] = [];
  let samples = 0;
  try {
    for (const target of [targets.vocals, targets.accompaniment]) files.push(await FlacFile.open(target));
    const [vocalsFile, restFile] = files;
    for await (const { mix, vocals } of stretches) {
      const voice = vocals.map(round);
      const rest = mix.map((channel, side) => {
        const whole = round(channel);
        return whole.map((sample, i) => clip(sample - voice[side][i]));
      });
      await vocalsFile.add(voice[0], voice[1]);
      await restFile.add(rest[0], rest[1]);
      samples += voice[0].length;
    }
    for (const file of files) await file.finish();
    for (const file of files) await file.publish();
  } catch (error) {
    for (const file of files) await file.discard();
    throw error;
  }
  return samples / WHOLE_BAND.rate;
}

function clip(sample: number): number {
  return Math.max(-FULL_SCALE, Math.min(FULL_SCALE - 1, sample));
}

function round(channel: Float32Array): Int32Array {
  return Int32Array.from(channel, (sample) => clip(Math.round(sample * FULL_SCALE)));
}

/** A FLAC file being written under a temporary name. */
class FlacFile {
  readonly #target: string;
  readonly #handle: FileHandle;
  readonly #encoder = new FlacEncoder(WHOLE_BAND.rate);
  #open = true;

  private constructor(target: string, handle: FileHandle) {
    this.#target = target;
    this.#handle = handle;
  }

  static async open(target: string): Promise<FlacFile> {
    return await guardWriting(target, async () => {
      const file = new FlacFile(target, await open(`${target}${TEMPORARY}`, 'w'));
      try {
        await writeAll(file.#handle, file.#encoder.header);
      } catch (error) {
        await file.discard();
        throw error;
      }
      return file;
    });
  }

  async add(left: Int32Array, right: Int32Array): Promise<void> {
    await guardWriting(this.#target, () => writeAll(this.#handle, this.#encoder.add(left, right)));
  }

  async finish(): Promise<void> {
    await guardWriting(this.#target, async () => {
      await writeAll(this.#handle, this.#encoder.finish());
      await writeAll(this.#handle, this.#encoder.header, 0);
      await this.#handle.sync();
      await this.#close();
    });
  }

  async publish(): Promise<void> {
    await guardWriting(this.#target, () => rename(`${this.#target}${TEMPORARY}`, this.#target));
  }

  async discard(): Promise<void> {
    await this.#close();
    await rm(`${this.#target}${TEMPORARY}`, { force: true });
  }

  async #close(): Promise<void> {
    if (!this.#open) return;
    this.#open = false;
    await this.#handle.close();
  }
}
