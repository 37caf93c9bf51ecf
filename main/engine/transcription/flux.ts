import FFT from 'fft.js';
import { FLUX_BANDS, HOP, SAMPLE_RATE } from './evidence.ts';

/** Analysis window: 46 ms, long enough to part a bass note from a kick, short enough to place a snare. */
const WINDOW = 1024;
/** Triangular bands per output band: flux is taken per narrow band, so that a chord change at equal loudness shows. */
const NARROW_PER_BAND = 6;
const NARROW = FLUX_BANDS * NARROW_PER_BAND;
const LOWEST_HZ = 40;
const HIGHEST_HZ = 10_000;
/** Compression before the difference: log(1 + GAIN × magnitude), as in Böck & Widmer (DAFx 2013). */
const GAIN = 100;
/** Frames between the two spectra that are compared: 23 ms, half a window, so that an attack is seen whole. */
const LAG = 2;
/** One unit of 8-bit flux: the mean over narrow bands of the log difference, times this. */
const SCALE = 64;
/** dB of loudness that one unit of 8 bits stands for: 96 dB over 255. */
const LOUDNESS_FLOOR_DB = -96;

interface Band {
  first: number;
  weights: Float32Array;
}

/** Triangular filters, logarithmically spaced, each at least one bin wide, unit peak. */
function makeBands(): Band[] {
  const edges = Array.from(
    { length: NARROW + 2 },
    (_, i) => LOWEST_HZ * (HIGHEST_HZ / LOWEST_HZ) ** (i / (NARROW + 1)),
  );
  const hz = SAMPLE_RATE / WINDOW;
  return Array.from({ length: NARROW }, (_, band) => {
    const low = edges[band] / hz;
    const mid = edges[band + 1] / hz;
    const high = edges[band + 2] / hz;
    const first = Math.floor(low);
    const last = Math.max(Math.ceil(high), first + 1);
    const weights = new Float32Array(last - first + 1);
    for (let bin = first; bin <= last; bin++) {
      const rise = (bin - low) / Math.max(mid - low, 1e-6);
      const fall = (high - bin) / Math.max(high - mid, 1e-6);
      weights[bin - first] = Math.max(0, Math.min(rise, fall));
    }
    // Below 200 Hz the triangles are narrower than a bin: take the nearest bin whole.
    if (weights.every((weight) => weight < 0.1)) weights[Math.round(mid) - first] = 1;
    return { first, weights };
  });
}

/**
 * Computes spectral flux in eight bands and loudness, one frame every 256 samples, from audio that arrives in blocks.
 * Frame i is centred on sample 256·i; the signal is taken as zero before its start and after its end.
 */
export class FluxMeter {
  readonly #fft = new FFT(WINDOW);
  readonly #window = Float32Array.from(
    { length: WINDOW },
    (_, i) => 0.5 - 0.5 * Math.cos((2 * Math.PI * i) / WINDOW),
  );
  readonly #bands = makeBands();
  /** Fourier bins that any band reaches. */
  readonly #bins = Math.max(...this.#bands.map(({ first, weights }) => first + weights.length));
  readonly #input = new Float64Array(WINDOW);
  readonly #spectrum = new Float64Array(2 * WINDOW);
  readonly #magnitudes = new Float64Array(WINDOW / 2);
  readonly #history = Array.from({ length: LAG + 1 }, () => new Float32Array(NARROW));
  #frame = 0;

  /**
   * Measures the next frame.
   * @param samples WINDOW samples centred on the frame, starting at `offset`
   * @param flux FLUX_BANDS values are written at `fluxOffset`
   * @returns loudness, 0-255
   */
  measure(samples: Float32Array, offset: number, flux: Uint8Array, fluxOffset: number): number {
    let energy = 0;
    const middle = WINDOW / 2;
    for (let i = 0; i < WINDOW; i++) {
      const sample = samples[offset + i];
      this.#input[i] = sample * this.#window[i];
      if (i >= middle - HOP && i < middle + HOP) energy += sample * sample;
    }
    this.#fft.realTransform(this.#spectrum, this.#input);
    const magnitudes = this.#magnitudes;
    for (let bin = 0; bin < this.#bins; bin++) {
      const re = this.#spectrum[2 * bin];
      const im = this.#spectrum[2 * bin + 1];
      magnitudes[bin] = Math.sqrt(re * re + im * im);
    }
    const current = this.#history[this.#frame % (LAG + 1)];
    const before = this.#history[(this.#frame + 1) % (LAG + 1)];
    for (let band = 0; band < NARROW; band++) {
      const { first, weights } = this.#bands[band];
      let sum = 0;
      for (let i = 0; i < weights.length; i++) sum += weights[i] * magnitudes[first + i];
      current[band] = Math.log1p((GAIN * sum) / WINDOW);
    }
    for (let group = 0; group < FLUX_BANDS; group++) {
      let rise = 0;
      for (let i = group * NARROW_PER_BAND; i < (group + 1) * NARROW_PER_BAND; i++) {
        rise += Math.max(0, current[i] - before[i]);
      }
      flux[fluxOffset + group] = Math.min(255, Math.round((rise / NARROW_PER_BAND) * SCALE));
    }
    this.#frame++;
    const decibel = 10 * Math.log10(energy / (2 * HOP) + 1e-12);
    return Math.max(0, Math.min(255, Math.round(255 * (1 - decibel / LOUDNESS_FLOOR_DB))));
  }

  static readonly window = WINDOW;
}
