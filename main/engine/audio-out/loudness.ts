import type { Stereo } from '../audio/decode-to-stereo.ts';

/** Seconds of a step; a block is four of them, so that blocks overlap by three quarters. */
const STEP = 0.1;
const STEPS_A_BLOCK = 4;
/** LUFS below which a block is silence. */
const ABSOLUTE_GATE = -70;
/** LU below the mean of what is no silence from where a block no longer counts. */
const RELATIVE_GATE = -10;

/**
 * Measures how loud stereo audio is as a whole: integrated loudness after ITU-R BS.1770-5, and its highest sample.
 * Memory: one number a tenth of a second.
 */
export class LoudnessMeter {
  readonly #filters: readonly [Weighting, Weighting];
  readonly #stepLength: number;
  readonly #steps: number[] = [];
  #sum = 0;
  #filled = 0;
  #peak = 0;

  /** @param sampleRate in Hz */
  constructor(sampleRate: number) {
    this.#filters = [new Weighting(sampleRate), new Weighting(sampleRate)];
    this.#stepLength = Math.round(STEP * sampleRate);
  }

  add([left, right]: Stereo): void {
    const [first, second] = this.#filters;
    for (let i = 0; i < left.length; i++) {
      this.#peak = Math.max(this.#peak, Math.abs(left[i]), Math.abs(right[i]));
      this.#sum += first.next(left[i]) ** 2 + second.next(right[i]) ** 2;
      if (++this.#filled === this.#stepLength) {
        this.#steps.push(this.#sum / this.#stepLength);
        this.#sum = 0;
        this.#filled = 0;
      }
    }
  }

  /** The highest absolute sample. */
  get peak(): number {
    return this.#peak;
  }

  /** LUFS; null for silence and for what is shorter than 0.4 s. */
  get loudness(): number | null {
    const blocks: number[] = [];
    for (let i = STEPS_A_BLOCK; i <= this.#steps.length; i++) {
      blocks.push(mean(this.#steps.slice(i - STEPS_A_BLOCK, i)));
    }
    const heard = blocks.filter((power) => toLufs(power) > ABSOLUTE_GATE);
    if (heard.length === 0) return null;
    const gate = toLufs(mean(heard)) + RELATIVE_GATE;
    return toLufs(mean(heard.filter((power) => toLufs(power) > gate)));
  }
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function toLufs(power: number): number {
  return -0.691 + 10 * Math.log10(power);
}

/**
 * The K-weighting of BS.1770: a shelf for the head, then a high-pass. The standard gives coefficients for 48 kHz; these
 * are the analogue filters behind them at any rate (De Man, "Evaluation of implementations of the EBU R128 loudness
 * measurement", AES 145, 2018).
 */
class Weighting {
  readonly #shelf: Biquad;
  readonly #highPass: Biquad;

  constructor(sampleRate: number) {
    this.#shelf = shelf(sampleRate);
    this.#highPass = highPass(sampleRate);
  }

  next(sample: number): number {
    return this.#highPass.next(this.#shelf.next(sample));
  }
}

function shelf(sampleRate: number): Biquad {
  const k = Math.tan((Math.PI * 1681.974450955533) / sampleRate);
  const q = 0.7071752369554196;
  const high = 10 ** (3.999843853973347 / 20);
  const band = high ** 0.4996667741545416;
  const a0 = 1 + k / q + k * k;
  return new Biquad(
    (high + (band * k) / q + k * k) / a0,
    (2 * (k * k - high)) / a0,
    (high - (band * k) / q + k * k) / a0,
    (2 * (k * k - 1)) / a0,
    (1 - k / q + k * k) / a0,
  );
}

function highPass(sampleRate: number): Biquad {
  const k = Math.tan((Math.PI * 38.13547087602444) / sampleRate);
  const q = 0.5003270373238773;
  const a0 = 1 + k / q + k * k;
  return new Biquad(1, -2, 1, (2 * (k * k - 1)) / a0, (1 - k / q + k * k) / a0);
}

/** A filter of second order, transposed direct form II. */
class Biquad {
  readonly #b0: number;
  readonly #b1: number;
  readonly #b2: number;
  readonly #a1: number;
  readonly #a2: number;
  #s1 = 0;
  #s2 = 0;

  constructor(b0: number, b1: number, b2: number, a1: number, a2: number) {
    this.#b0 = b0;
    this.#b1 = b1;
    this.#b2 = b2;
    this.#a1 = a1;
    this.#a2 = a2;
  }

  next(x: number): number {
    const y = this.#b0 * x + this.#s1;
    this.#s1 = this.#b1 * x - this.#a1 * y + this.#s2;
    this.#s2 = this.#b2 * x - this.#a2 * y;
    return y;
  }
}
