import FFT from 'fft.js';

import { type Band, WHOLE_BAND } from './band.ts';

/** Short-time Fourier transform of two real channels by one complex transform, and back. */
export class StereoTransform {
  /** Numbers of one frame's spectrum: real and imaginary parts in turn, left, then right. */
  readonly size: number;
  /** What a frame adds to the sum that overlap-added frames are divided by. */
  readonly squaredWindow: Float64Array;
  readonly #frame: number;
  readonly #bins: number;
  readonly #fft: FFT;
  /** Hann's, of the frame's length as period. */
  readonly #window: Float64Array;
  readonly #time: Float64Array;
  readonly #frequency: Float64Array;
  /** The separator was trained on magnitudes of frames at 44,100 Hz, unscaled. */
  readonly #scale: number;

  constructor({ frame, bins }: Band) {
    this.size = 4 * bins;
    this.#frame = frame;
    this.#bins = bins;
    this.#fft = new FFT(frame);
    this.#window = Float64Array.from(
      { length: frame },
      (_, i) => 0.5 - 0.5 * Math.cos((2 * Math.PI * i) / frame),
    );
    this.squaredWindow = this.#window.map((value) => value * value);
    this.#time = new Float64Array(2 * frame);
    this.#frequency = new Float64Array(2 * frame);
    this.#scale = WHOLE_BAND.frame / frame;
  }

  /**
   * Transforms one frame, unscaled.
   * @param left, right a frame of samples each
   * @param spectrum receives `size` numbers
   */
  analyse(left: Float32Array, right: Float32Array, spectrum: Float32Array): void {
    const time = this.#time;
    const z = this.#frequency;
    const window = this.#window;
    const frame = this.#frame;
    const channel = 2 * this.#bins;
    for (let i = 0; i < frame; i++) {
      time[2 * i] = left[i] * window[i];
      time[2 * i + 1] = right[i] * window[i];
    }
    this.#fft.transform(z, time);
    for (let bin = 0; bin < this.#bins; bin++) {
      const at = 2 * bin;
      const mirror = bin === 0 ? 0 : 2 * (frame - bin);
      // Real signals have conjugate halves, so the even part is the left channel and the odd one the right.
      spectrum[at] = (z[at] + z[mirror]) / 2;
      spectrum[at + 1] = (z[at + 1] - z[mirror + 1]) / 2;
      spectrum[channel + at] = (z[at + 1] + z[mirror + 1]) / 2;
      spectrum[channel + at + 1] = (z[mirror] - z[at]) / 2;
    }
  }

  /** Magnitudes of one frame as the separator takes them, a number a bin of each channel. */
  measure(spectrum: Float32Array, left: Float32Array, right: Float32Array): void {
    const channel = 2 * this.#bins;
    for (let bin = 0; bin < this.#bins; bin++) {
      const at = 2 * bin;
      left[bin] = this.#scale * Math.sqrt(spectrum[at] ** 2 + spectrum[at + 1] ** 2);
      right[bin] = this.#scale * Math.sqrt(spectrum[channel + at] ** 2 + spectrum[channel + at + 1] ** 2);
    }
  }

  /**
   * Multiplies a frame's bins with a share and adds the windowed samples to a sum; nothing passes above the band.
   * @param shareLeft, shareRight a factor a bin
   * @param left, right a frame of samples to add to, from `offset`
   */
  addPart(
    spectrum: Float32Array,
    shareLeft: Float32Array,
    shareRight: Float32Array,
    left: Float32Array,
    right: Float32Array,
    offset: number,
  ): void {
    const z = this.#frequency;
    const frame = this.#frame;
    const bins = this.#bins;
    const channel = 2 * bins;
    z.fill(0, 2 * bins, 2 * (frame - bins) + 2);
    for (let bin = 0; bin < bins; bin++) {
      const at = 2 * bin;
      const lr = spectrum[at] * shareLeft[bin];
      const li = spectrum[at + 1] * shareLeft[bin];
      const rr = spectrum[channel + at] * shareRight[bin];
      const ri = spectrum[channel + at + 1] * shareRight[bin];
      z[at] = lr - ri;
      z[at + 1] = li + rr;
      if (bin > 0) {
        z[2 * (frame - bin)] = lr + ri;
        z[2 * (frame - bin) + 1] = rr - li;
      }
    }
    this.#fft.inverseTransform(this.#time, z);
    for (let i = 0; i < frame; i++) {
      left[offset + i] += this.#time[2 * i] * this.#window[i];
      right[offset + i] += this.#time[2 * i + 1] * this.#window[i];
    }
  }
}
