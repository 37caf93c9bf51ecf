import { FRAME, HOP, SQUARED_WINDOW, type StereoTransform } from './stereo-transform.ts';

/** Puts frames, one every `HOP` samples, together to a signal again: their sum over that of the squared windows. */
export class OverlapAdder {
  /** From sample `#start` on: both channels' sums and the windows'. */
  #left = new Float32Array(0);
  #right = new Float32Array(0);
  #weight = new Float32Array(0);
  #start = -FRAME / 2;
  /** Places of the sums that frames have been added to. */
  #end = 0;
  #frame = 0;

  /** Adds the next frame, centred on sample `HOP` × its number. */
  add(
    transform: StereoTransform,
    spectrum: Float32Array,
    shareLeft: Float32Array,
    shareRight: Float32Array,
  ): void {
    const offset = this.#frame * HOP - FRAME / 2 - this.#start;
    this.#reserve(offset + FRAME);
    transform.addPart(spectrum, shareLeft, shareRight, this.#left, this.#right, offset);
    for (let i = 0; i < FRAME; i++) this.#weight[offset + i] += SQUARED_WINDOW[i];
    this.#end = offset + FRAME;
    this.#frame++;
  }

  /** The samples that no further frame changes, with the number of the first. */
  take(): [number, [Float32Array, Float32Array]] {
    return this.finish(this.#frame * HOP - FRAME / 2);
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
