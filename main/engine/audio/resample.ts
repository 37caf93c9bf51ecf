/**
 * Zero crossings of the sinc on either side. Measured from 44.1 to 22.05 kHz: flat to 0.1 dB up to 8 kHz, −1 dB at
 * 8.8 kHz, nothing above −90 dB of what lies over 12.3 kHz, in a quarter of the time of libsamplerate's fastest sinc.
 */
const CROSSINGS = 16;
/** Where the filter is at −6 dB, of the lower rate's half. */
const CUTOFF = 0.93;
/** Kaiser's window for 90 dB (Kaiser, 1974). */
const BETA = 8.96;

/** A converter from one sample rate to another that keeps its state from chunk to chunk. */
export interface Resampler {
  /** Converts the next samples; the output lags behind by half the filter's length. */
  process(samples: Float32Array): Float32Array;
  /** What is still inside. In all, round(input × ratio) samples have then come out. */
  finish(): Float32Array;
}

/**
 * Opens a band-limited mono resampler: a windowed sinc, one set of weights for each place between two input samples
 * (Crochiere & Rabiner, Multirate Digital Signal Processing, 1983). Output sample i lies at i / `outputRate` seconds of
 * the input: no shift. Silence lies around the input.
 * @param inputRate, outputRate whole Hz
 */
export function openResampler(inputRate: number, outputRate: number): Resampler {
  if (inputRate === outputRate) return { process: (samples) => samples, finish: () => new Float32Array(0) };
  return new SincResampler(inputRate, outputRate);
}

class SincResampler implements Resampler {
  /** Output sample n lies at input sample n · `#down` / `#up`. */
  readonly #up: number;
  readonly #down: number;
  /** Input samples on either side that an output sample is made of. */
  readonly #half: number;
  /** `#up` sets of 2 · `#half` weights. */
  readonly #weights: Float32Array;
  /** Input from `#half` samples before sample number `#start` on. */
  #input: Float32Array;
  #filled: number;
  /** The next output sample lies `#phase` / `#up` behind the input sample `#next` of `#input`. */
  #next: number;
  #phase = 0;
  #received = 0;
  #given = 0;

  constructor(inputRate: number, outputRate: number) {
    const divisor = commonDivisor(inputRate, outputRate);
    this.#up = outputRate / divisor;
    this.#down = inputRate / divisor;
    this.#half = Math.ceil(CROSSINGS * Math.max(1, inputRate / outputRate));
    this.#weights = makeWeights(this.#up, this.#half, CUTOFF * Math.min(1, outputRate / inputRate));
    this.#input = new Float32Array(4 * this.#half);
    this.#filled = this.#half;
    this.#next = this.#half;
  }

  process(samples: Float32Array): Float32Array {
    this.#received += samples.length;
    return this.#convert(samples, Number.POSITIVE_INFINITY);
  }

  finish(): Float32Array {
    const missing = Math.max(0, Math.round((this.#received * this.#up) / this.#down) - this.#given);
    // Rounding up may put the last output sample behind the last input sample.
    return this.#convert(new Float32Array(this.#half + Math.ceil(this.#down / this.#up) + 1), missing);
  }

  #convert(samples: Float32Array, most: number): Float32Array {
    this.#append(samples);
    const ready = this.#filled - this.#half - this.#next;
    const count = Math.max(0, Math.min(most, Math.ceil((ready * this.#up - this.#phase) / this.#down)));
    const output = new Float32Array(count);
    const width = 2 * this.#half;
    const input = this.#input;
    const weights = this.#weights;
    for (let n = 0; n < count; n++) {
      let at = this.#next - this.#half + 1;
      let sum = 0;
      const end = (this.#phase + 1) * width;
      // The width is even.
      for (let i = this.#phase * width; i < end; i += 2, at += 2) {
        sum += weights[i] * input[at] + weights[i + 1] * input[at + 1];
      }
      output[n] = sum;
      this.#phase += this.#down;
      const whole = Math.floor(this.#phase / this.#up);
      this.#next += whole;
      this.#phase -= whole * this.#up;
    }
    this.#given += count;
    return output;
  }

  /** Adds input behind what is there, dropping what is no longer needed. */
  #append(samples: Float32Array): void {
    const dropped = Math.min(this.#filled, Math.max(0, this.#next - this.#half));
    this.#input.copyWithin(0, dropped, this.#filled);
    this.#filled -= dropped;
    this.#next -= dropped;
    const needed = this.#filled + samples.length;
    if (needed > this.#input.length) {
      const larger = new Float32Array(needed);
      larger.set(this.#input.subarray(0, this.#filled));
      this.#input = larger;
    }
    this.#input.set(samples, this.#filled);
    this.#filled = needed;
  }
}

/** Windowed sinc for `phases` places between two samples; each set sums to 1. @param cutoff of half the input rate */
function makeWeights(phases: number, half: number, cutoff: number): Float32Array {
  const width = 2 * half;
  const weights = new Float32Array(phases * width);
  const row = new Float64Array(width);
  for (let phase = 0; phase < phases; phase++) {
    let sum = 0;
    for (let i = 0; i < width; i++) {
      const x = i - half + 1 - phase / phases;
      const place = Math.PI * cutoff * x;
      const window = bessel(BETA * Math.sqrt(Math.max(0, 1 - (x / half) ** 2)));
      row[i] = (x === 0 ? 1 : Math.sin(place) / place) * window;
      sum += row[i];
    }
    for (let i = 0; i < width; i++) weights[phase * width + i] = row[i] / sum;
  }
  return weights;
}

/** Modified Bessel function of the first kind, order 0. */
function bessel(x: number): number {
  let sum = 1;
  let term = 1;
  for (let k = 1; term > sum * 1e-12; k++) {
    term *= (x / (2 * k)) ** 2;
    sum += term;
  }
  return sum;
}

function commonDivisor(a: number, b: number): number {
  return b === 0 ? a : commonDivisor(b, a % b);
}
