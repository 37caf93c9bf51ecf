import { SongleafError } from '../../contract/errors.ts';
import type { Stereo } from '../audio/decode-to-stereo.ts';
import type { Network } from '../transcription/network.ts';
import { SampleQueue } from '../transcription/sample-queue.ts';
import { OverlapAdder } from './overlap-adder.ts';
import { BINS, FRAME, HOP, SPECTRUM, StereoTransform } from './stereo-transform.ts';

/** Sample rate that the separator was trained at. */
export const SEPARATOR_RATE = 44_100;
/** Frames that the network takes at once (11.9 s). */
export const PASSAGE = 512;

/** How passages are joined, in frames: `overlap` are heard by both neighbours, the middle `fade` of them are blended. */
export interface Join {
  overlap: number;
  fade: number;
}
/**
 * Each passage's outermost frames lack context on one side, so the neighbour's are taken there. Against twice as much
 * overlap the voice errs by −10 dB in the outermost 32 frames, −20 dB in the next 32, −32 dB and less inside.
 */
const JOIN: Join = { overlap: 80, fade: 16 };

export interface SeparateOptions {
  signal?: AbortSignal;
  join?: Join;
}

/** A stretch of the song: the mix and the voice in it; the accompaniment is the one minus the other. */
export interface Separated {
  mix: Stereo;
  vocals: Stereo;
}

/**
 * Parts the singing voice from the rest, passage by passage (Hennequin et al., Spleeter, JOSS 2020). Above 11 kHz
 * everything is accompaniment. Holds some 12 s of audio, whatever the song's length.
 * @param blocks stereo at `SEPARATOR_RATE`
 * @param network `separator.onnx`
 * @returns consecutive stretches that cover the song, every sample once
 * @throws SongleafError `model-corrupt`; the signal's reason on abort
 */
export async function* separate(
  blocks: AsyncIterable<Stereo>,
  network: Network,
  options: SeparateOptions = {},
): AsyncGenerator<Separated> {
  const splitter = new Splitter(network, options.join ?? JOIN);
  for await (const [left, right] of blocks) {
    splitter.push(left, right);
    while (splitter.hasPassage) {
      options.signal?.throwIfAborted();
      yield await splitter.split(PASSAGE);
      // Lets messages in, a cancel among them.
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
  splitter.end();
  while (splitter.framesLeft > 0) {
    options.signal?.throwIfAborted();
    yield await splitter.split(splitter.framesLeft);
  }
}

/** Frame t is centred on sample t · HOP; zeros lie outside the song, which has 1 + ⌊N / HOP⌋ frames. */
class Splitter {
  readonly #network: Network;
  readonly #join: Join;
  readonly #left = new SampleQueue(-FRAME / 2);
  readonly #right = new SampleQueue(-FRAME / 2);
  readonly #transform = new StereoTransform();
  readonly #adder = new OverlapAdder();
  /** Spectra of the frames from `#first` on. */
  readonly #spectra = new Float32Array(PASSAGE * SPECTRUM);
  readonly #magnitudes = new Float32Array(2 * PASSAGE * BINS);
  /** Spectra at hand, from the passage before. */
  #known = 0;
  #first = 0;
  #last = false;
  /** The former passage's shares of the frames that both hear, left and right. */
  #former: [Float32Array, Float32Array] | null = null;

  constructor(network: Network, join: Join) {
    this.#network = network;
    this.#join = join;
  }

  push(left: Float32Array, right: Float32Array): void {
    this.#left.push(left);
    this.#right.push(right);
  }

  end(): void {
    this.#last = true;
  }

  get hasPassage(): boolean {
    return this.#left.end >= (this.#first + PASSAGE - 1) * HOP + FRAME / 2;
  }

  get framesLeft(): number {
    const total = this.#left.end === 0 ? 0 : 1 + Math.floor(this.#left.end / HOP);
    return Math.min(PASSAGE, total - this.#first);
  }

  /** Hears one passage of `frames` frames and gives out all that no later one changes. */
  async split(frames: number): Promise<Separated> {
    const shares = await this.#hear(frames);
    this.#blend(shares);
    const final = this.#last && frames === this.framesLeft;
    const done = final ? frames : frames - this.#join.overlap;
    for (let t = 0; t < done; t++) {
      const share = (channel: number) => shares.subarray((channel * PASSAGE + t) * BINS).subarray(0, BINS);
      const spectrum = this.#spectra.subarray(t * SPECTRUM, (t + 1) * SPECTRUM);
      this.#adder.add(this.#transform, spectrum, share(0), share(1));
    }
    const [from, vocals] = final ? this.#adder.finish(this.#left.end) : this.#adder.take();
    const mix = [this.#left, this.#right].map((queue) => {
      const samples = new Float32Array(vocals[0].length);
      queue.read(from, samples);
      return samples;
    }) as [Float32Array, Float32Array];
    this.#former = [0, 1].map((channel) =>
      shares.slice((channel * PASSAGE + done) * BINS, (channel * PASSAGE + frames) * BINS),
    ) as [Float32Array, Float32Array];
    this.#spectra.copyWithin(0, done * SPECTRUM, frames * SPECTRUM);
    this.#known = frames - done;
    this.#first += done;
    for (const queue of [this.#left, this.#right]) {
      queue.dropBefore(Math.min(from + vocals[0].length, this.#first * HOP - FRAME / 2));
    }
    return { mix, vocals };
  }

  /** @returns the voice's share, channels × `PASSAGE` × `BINS` */
  async #hear(frames: number): Promise<Float32Array> {
    const magnitudes = this.#magnitudes;
    // Zeros fill the last passage.
    if (frames < PASSAGE) magnitudes.fill(0);
    const left = new Float32Array(FRAME);
    const right = new Float32Array(FRAME);
    for (let t = 0; t < frames; t++) {
      const spectrum = this.#spectra.subarray(t * SPECTRUM, (t + 1) * SPECTRUM);
      if (t >= this.#known) {
        this.#left.read((this.#first + t) * HOP - FRAME / 2, left);
        this.#right.read((this.#first + t) * HOP - FRAME / 2, right);
        this.#transform.analyse(left, right, spectrum);
      }
      const of = (channel: number) => magnitudes.subarray((channel * PASSAGE + t) * BINS).subarray(0, BINS);
      StereoTransform.measure(spectrum, of(0), of(1));
    }
    const { vocals } = await this.#network.run({
      magnitudes: { data: magnitudes, shape: [1, 2, PASSAGE, BINS] },
    });
    if (vocals?.length !== magnitudes.length) {
      throw new SongleafError('model-corrupt', 'The separator gave no voice.', 'Install Songleaf again.');
    }
    return vocals;
  }

  /** Blends the shares of the frames that the former passage heard too. */
  #blend(shares: Float32Array): void {
    if (!this.#former) return;
    const { overlap, fade } = this.#join;
    for (const [channel, former] of this.#former.entries()) {
      for (let t = 0; t < overlap; t++) {
        const weight = Math.min(1, Math.max(0, (t + 0.5 - (overlap - fade) / 2) / fade));
        const at = (channel * PASSAGE + t) * BINS;
        for (let bin = 0; bin < BINS; bin++) {
          shares[at + bin] = weight * shares[at + bin] + (1 - weight) * former[t * BINS + bin];
        }
      }
    }
  }
}
