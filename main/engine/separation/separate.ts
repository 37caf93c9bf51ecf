import { SongleafError } from '../../contract/errors.ts';
import type { Stereo } from '../audio/decode-to-stereo.ts';
import type { Network } from '../transcription/network.ts';
import { SampleQueue } from '../transcription/sample-queue.ts';
import { type Band, WHOLE_BAND } from './band.ts';
import { OverlapAdder } from './overlap-adder.ts';
import { StereoTransform } from './stereo-transform.ts';

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
  /** What is heard and parted; the whole band unless told. */
  band?: Band;
}

/** A stretch of the song: the mix and the voice in it; the accompaniment is the one minus the other. */
export interface Separated {
  mix: Stereo;
  vocals: Stereo;
}

/**
 * Parts the singing voice from the rest, passage by passage (Hennequin et al., Spleeter, JOSS 2020). Above the band
 * everything is accompaniment. Holds some 12 s of audio, whatever the song's length.
 * @param blocks stereo at the band's rate
 * @param network `separator.onnx`
 * @returns consecutive stretches that cover the song, every sample once
 * @throws SongleafError `model-corrupt`; the signal's reason on abort
 */
export async function* separate(
  blocks: AsyncIterable<Stereo>,
  network: Network,
  options: SeparateOptions = {},
): AsyncGenerator<Separated> {
  const splitter = new Splitter(network, options.join ?? JOIN, options.band ?? WHOLE_BAND);
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

/** Frame t is centred on sample t · hop; zeros lie outside the song, which has 1 + ⌊N / hop⌋ frames. */
class Splitter {
  readonly #network: Network;
  readonly #join: Join;
  readonly #band: Band;
  readonly #left: SampleQueue;
  readonly #right: SampleQueue;
  readonly #transform: StereoTransform;
  readonly #adder: OverlapAdder;
  /** Spectra of the frames from `#first` on. */
  readonly #spectra: Float32Array;
  readonly #magnitudes: Float32Array;
  /** Spectra at hand, from the passage before. */
  #known = 0;
  #first = 0;
  #last = false;
  /** The former passage's shares of the frames that both hear, left and right. */
  #former: [Float32Array, Float32Array] | null = null;

  constructor(network: Network, join: Join, band: Band) {
    this.#network = network;
    this.#join = join;
    this.#band = band;
    this.#left = new SampleQueue(-band.frame / 2);
    this.#right = new SampleQueue(-band.frame / 2);
    this.#transform = new StereoTransform(band);
    this.#adder = new OverlapAdder(band, this.#transform);
    this.#spectra = new Float32Array(PASSAGE * this.#transform.size);
    this.#magnitudes = new Float32Array(2 * PASSAGE * band.bins);
  }

  push(left: Float32Array, right: Float32Array): void {
    this.#left.push(left);
    this.#right.push(right);
  }

  end(): void {
    this.#last = true;
  }

  get hasPassage(): boolean {
    const { frame, hop } = this.#band;
    return this.#left.end >= (this.#first + PASSAGE - 1) * hop + frame / 2;
  }

  get framesLeft(): number {
    const total = this.#left.end === 0 ? 0 : 1 + Math.floor(this.#left.end / this.#band.hop);
    return Math.min(PASSAGE, total - this.#first);
  }

  /** Hears one passage of `frames` frames and gives out all that no later one changes. */
  async split(frames: number): Promise<Separated> {
    const { bins, frame, hop } = this.#band;
    const { size } = this.#transform;
    const shares = await this.#hear(frames);
    this.#blend(shares);
    const final = this.#last && frames === this.framesLeft;
    const done = final ? frames : frames - this.#join.overlap;
    for (let t = 0; t < done; t++) {
      const share = (channel: number) => shares.subarray((channel * PASSAGE + t) * bins).subarray(0, bins);
      this.#adder.add(this.#spectra.subarray(t * size, (t + 1) * size), share(0), share(1));
    }
    const [from, vocals] = final ? this.#adder.finish(this.#left.end) : this.#adder.take();
    const mix = [this.#left, this.#right].map((queue) => {
      const samples = new Float32Array(vocals[0].length);
      queue.read(from, samples);
      return samples;
    }) as [Float32Array, Float32Array];
    this.#former = [0, 1].map((channel) =>
      shares.slice((channel * PASSAGE + done) * bins, (channel * PASSAGE + frames) * bins),
    ) as [Float32Array, Float32Array];
    this.#spectra.copyWithin(0, done * size, frames * size);
    this.#known = frames - done;
    this.#first += done;
    for (const queue of [this.#left, this.#right]) {
      queue.dropBefore(Math.min(from + vocals[0].length, this.#first * hop - frame / 2));
    }
    return { mix, vocals };
  }

  /** @returns the voice's share, channels × `PASSAGE` × bins */
  async #hear(frames: number): Promise<Float32Array> {
    const { bins, frame, hop } = this.#band;
    const transform = this.#transform;
    const magnitudes = this.#magnitudes;
    // Zeros fill the last passage.
    if (frames < PASSAGE) magnitudes.fill(0);
    const left = new Float32Array(frame);
    const right = new Float32Array(frame);
    for (let t = 0; t < frames; t++) {
      const spectrum = this.#spectra.subarray(t * transform.size, (t + 1) * transform.size);
      if (t >= this.#known) {
        this.#left.read((this.#first + t) * hop - frame / 2, left);
        this.#right.read((this.#first + t) * hop - frame / 2, right);
        transform.analyse(left, right, spectrum);
      }
      const of = (channel: number) => magnitudes.subarray((channel * PASSAGE + t) * bins).subarray(0, bins);
      transform.measure(spectrum, of(0), of(1));
    }
    const { vocals } = await this.#network.run({
      magnitudes: { data: magnitudes, shape: [1, 2, PASSAGE, bins] },
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
    const { bins } = this.#band;
    for (const [channel, former] of this.#former.entries()) {
      for (let t = 0; t < overlap; t++) {
        const weight = Math.min(1, Math.max(0, (t + 0.5 - (overlap - fade) / 2) / fade));
        const at = (channel * PASSAGE + t) * bins;
        for (let bin = 0; bin < bins; bin++) {
          shares[at + bin] = weight * shares[at + bin] + (1 - weight) * former[t * bins + bin];
        }
      }
    }
  }
}
