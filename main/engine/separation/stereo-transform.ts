import FFT from 'fft.js';

/** Samples of a frame and between frames at 44,100 Hz (Hennequin et al., Spleeter, JOSS 2020). */
export const FRAME = 4096;
export const HOP = 1024;
/** Fourier bins that the separator knows, from 0 Hz: up to 11 kHz. */
export const BINS = 1024;
/** Numbers of one channel's frame: real and imaginary parts in turn. */
const CHANNEL = 2 * BINS;
/** Numbers of one frame: left, then right. */
export const SPECTRUM = 2 * CHANNEL;

/** Hann window of period `FRAME`. */
const WINDOW = Float64Array.from(
  { length: FRAME },
  (_, i) => 0.5 - 0.5 * Math.cos((2 * Math.PI * i) / FRAME),
);

/** Short-time Fourier transform of two real channels by one complex transform, and back. */
export class StereoTransform {
  readonly #fft = new FFT(FRAME);
  readonly #time = new Float64Array(2 * FRAME);
  readonly #frequency = new Float64Array(2 * FRAME);

  /**
   * Transforms one frame, unscaled.
   * @param left, right `FRAME` samples each
   * @param spectrum receives `SPECTRUM` numbers
   */
  analyse(left: Float32Array, right: Float32Array, spectrum: Float32Array): void {
    const time = this.#time;
    const z = this.#frequency;
    for (let i = 0; i < FRAME; i++) {
      time[2 * i] = left[i] * WINDOW[i];
      time[2 * i + 1] = right[i] * WINDOW[i];
    }
    this.#fft.transform(z, time);
    for (let bin = 0; bin < BINS; bin++) {
      const at = 2 * bin;
      const mirror = bin === 0 ? 0 : 2 * (FRAME - bin);
      // Real signals have conjugate halves, so the even part is the left channel and the odd one the right.
      spectrum[at] = (z[at] + z[mirror]) / 2;
      spectrum[at + 1] = (z[at + 1] - z[mirror + 1]) / 2;
      spectrum[CHANNEL + at] = (z[at + 1] + z[mirror + 1]) / 2;
      spectrum[CHANNEL + at + 1] = (z[mirror] - z[at]) / 2;
    }
  }

  /** Magnitudes of one frame: `BINS` of the left channel, `BINS` of the right. */
  static measure(spectrum: Float32Array, left: Float32Array, right: Float32Array): void {
    for (let bin = 0; bin < BINS; bin++) {
      const at = 2 * bin;
      left[bin] = Math.sqrt(spectrum[at] ** 2 + spectrum[at + 1] ** 2);
      right[bin] = Math.sqrt(spectrum[CHANNEL + at] ** 2 + spectrum[CHANNEL + at + 1] ** 2);
    }
  }

  /**
   * Multiplies a frame's bins with a share and adds the windowed samples to a sum; nothing passes above `BINS`.
   * @param shareLeft, shareRight `BINS` factors
   * @param left, right `FRAME` samples to add to, from `offset`
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
    z.fill(0, 2 * BINS, 2 * (FRAME - BINS) + 2);
    for (let bin = 0; bin < BINS; bin++) {
      const at = 2 * bin;
      const lr = spectrum[at] * shareLeft[bin];
      const li = spectrum[at + 1] * shareLeft[bin];
      const rr = spectrum[CHANNEL + at] * shareRight[bin];
      const ri = spectrum[CHANNEL + at + 1] * shareRight[bin];
      z[at] = lr - ri;
      z[at + 1] = li + rr;
      if (bin > 0) {
        z[2 * (FRAME - bin)] = lr + ri;
        z[2 * (FRAME - bin) + 1] = rr - li;
      }
    }
    this.#fft.inverseTransform(this.#time, z);
    for (let i = 0; i < FRAME; i++) {
      left[offset + i] += this.#time[2 * i] * WINDOW[i];
      right[offset + i] += this.#time[2 * i + 1] * WINDOW[i];
    }
  }
}

/** What a frame adds to the sum that overlap-added frames are divided by. */
export const SQUARED_WINDOW = WINDOW.map((value) => value * value);
