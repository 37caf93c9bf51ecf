import type { Band } from './band.ts';
import type { StereoTransform } from './stereo-transform.ts';

/** Puts frames, one every hop, together to a signal again: their sum over that of the squared windows. */
export class OverlapAdder {
  /** From sample `#start` on: both channels' sums and the windows'. */
  #left = new Float32Array(0);
  #right = new Float32Array(0);
  #weight = new Float32Array(0);
  #start: number;
  /** Places of the sums that frames have been added to. */
  #end = 0;
  #frame = 0;
  readonly #band: Band;
  readonly #transform: StereoTransform;

  constructor(band: Band, transform: StereoTransform) {
    this.#band = band;
    this.#transform = transform;
    this.#start = -band.frame / 2;
  }

  /** Adds the next frame, centred on the band's hop times its number. */
  add(spectrum: Float32Array, shareLeft: Float32Array, shareRight: Float32Array): void {
    const { frame, hop } = this.#band;
    const { squaredWindow } = this.#transform;
    const offset = this.#frame * hop - frame / 2 - this.#start;
    this.#reserve(offset + frame);
    this.#transform.addPart(spectrum, shareLeft, shareRight, this.#left, this.#right, offset);
    for (let i = 0; i < frame; i++) this.#weight[offset + i] += squaredWindow[i];
    this.#end = offset + frame;
    this.#frame++;
  }

  /** The samples that no further frame changes, with the number of the first. */
  take(): [number, [Float32Array, Float32Array]] {
    return this.finish(this.#frame * this.#band.hop - this.#band.frame / 2);
  }

  /** The samples up to `end`, with the number of the first. */
  finish(end: number): [number, [Float32Array, Float32Array]] {
    const from = Math.max(0, this.#start);
    const skip = from - this.#start;
    const length = Math.max(0, end - from);
    this.#reserve(skip + length);
    const [left, right] = [this.#left, this.#right].map((sum) => {
      const samples = sum.slice(skip, skip + length);
      // Only where the song ends within a hop of the last frame's edge do the windows come near zero.
      for (let i = 0; i < length; i++) samples[i] /= Math.max(this.#weight[skip + i], 1e-6);
      return samples;
    });
    const taken = skip + length;
    const held = Math.max(0, this.#end - taken);
    for (const sum of [this.#left, this.#right, this.#weight]) {
      sum.copyWithin(0, taken, taken + held);
      sum.fill(0, held);
    }
    this.#end = held;
    this.#start += taken;
    return [from, [left, right]];
  }

  #reserve(length: number): void {
    if (this.#left.length >= length) return;
    const larger = (samples: Float32Array) => {
      const copy = new Float32Array(Math.ceil(length * 1.5));
      copy.set(samples);
      return copy;
    };
    this.#left = larger(this.#left);
    this.#right = larger(this.#right);
    this.#weight = larger(this.#weight);
  }
}
