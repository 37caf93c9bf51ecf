import { decodeToMono } from './audio/decode-to-mono.ts';
import type { OpenOptions } from './audio/open-audio.ts';
import { SAMPLE_RATE } from './transcription/evidence.ts';

/**
 * Recordings up to this length are kept in memory after the first decoding (88 kB a second, 159 MB at most); longer ones
 * are decoded again, which takes a third as long as hearing their notes.
 */
const KEEP_SECONDS = 1800;

/** A recording as mono audio at 22,050 Hz that several networks hear one after the other. */
export class KeptAudio {
  readonly #file: string;
  readonly #options: OpenOptions;
  #blocks: Float32Array[] | null = null;
  #notes: readonly string[] = [];
  #seconds = 0;

  constructor(file: string, options: OpenOptions) {
    this.#file = file;
    this.#options = options;
  }

  /** What is amiss with the file; known once it has been read to the end. */
  get notes(): readonly string[] {
    return this.#notes;
  }

  /** Length of the decoded audio; 0 until it has been read to the end. */
  get seconds(): number {
    return this.#seconds;
  }

  /** The audio from its start in blocks of fresh arrays. @throws SongleafError every audio code of `errors.ts` */
  read(): AsyncGenerator<Float32Array> {
    return this.#blocks ? replay(this.#blocks) : this.#decode();
  }

  /** Gives the memory back. */
  forget(): void {
    this.#blocks = null;
  }

  async *#decode(): AsyncGenerator<Float32Array> {
    let kept: Float32Array[] | null = [];
    let samples = 0;
    const blocks = decodeToMono(this.#file, {
      ...this.#options,
      sampleRate: SAMPLE_RATE,
      onEnd: (summary) => {
        this.#notes = summary.notes;
        this.#seconds = summary.duration;
      },
    });
    for await (const block of blocks) {
      samples += block.length;
      // A header may promise less than there is.
      if (samples > KEEP_SECONDS * SAMPLE_RATE) kept = null;
      kept?.push(block);
      yield block;
    }
    this.#blocks = kept;
  }
}

async function* replay(blocks: readonly Float32Array[]): AsyncGenerator<Float32Array> {
  for (const block of blocks) {
    yield block;
    // Lets messages in, a cancel among them.
    await new Promise((resolve) => setImmediate(resolve));
  }
}
