import type { PcmStore } from './pcm-store.ts';
import { HOP, Stretcher } from './stretch.ts';

/** Samples on each side of a place that its value is read from. */
const HALF = 16;
/** Places between two samples for which the filter is worked out; between those in a straight line. */
const PHASES = 256;
/** Share of the band that passes: the rest is the filter's slope. */
const PASSED = 0.94;
/** Kaiser's β: what lies outside the band is 80 dB down. */
const BETA = 8;
/** Frames kept of what has been stretched. */
const ROOM = 4 * HOP;
/** Frames that are stretched at once at least: a blend. */
const LEAST = HOP / 2;

/**
 * Plays a recording at another speed, another pitch, or both. For a pitch of `ratio` times the own, the recording is
 * stretched to be `ratio` times as long as the speed asks for, and that is read `ratio` times as fast. At its own pitch
 * it goes straight through the stretcher.
 */
export class Transposer {
  readonly #stretcher: Stretcher;
  #ratio = 1;
  #filter: Float32Array | null = null;
  /** What has been stretched. Before `#made` it is there, and the next frame is read at `#at`. */
  readonly #left = new Float32Array(ROOM);
  readonly #right = new Float32Array(ROOM);
  #made = HALF;
  #at = HALF;
  #sounding = false;

  constructor(store: PcmStore) {
    this.#stretcher = new Stretcher(store);
  }

  /** @param semitones up, or down where negative */
  setPitch(semitones: number): void {
    const ratio = 2 ** (semitones / 12);
    if (ratio === this.#ratio) return;
    this.#ratio = ratio;
    this.#filter = ratio === 1 ? null : makeFilter(Math.min(1, 1 / ratio) * PASSED);
    this.silence();
  }

  /** Lets go of what sounds: the next step fades in from silence. */
  silence(): void {
    this.#stretcher.silence();
    this.#sounding = false;
    this.#left.fill(0);
    this.#right.fill(0);
    this.#made = HALF;
    this.#at = HALF;
  }

  /** Chunks that are needed for a step and are not there. */
  missing(position: number, frames: number, speed: number): number[] {
    if (this.#filter === null) return this.#stretcher.missing(position, frames);
    const ahead = ((HALF + 2 * HOP) * speed) / this.#ratio;
    return this.#stretcher.missing(position, Math.ceil(frames * speed + ahead));
  }

  /**
   * Plays `left.length` (at most `HOP`) frames of what lies at `position`.
   * @param position in frames of the recording
   * @param jump whether the music jumps to there rather than going on
   */
  play(position: number, speed: number, jump: boolean, left: Float32Array, right: Float32Array): void {
    const filter = this.#filter;
    if (filter === null) {
      this.#stretcher.play(position, speed, jump, left, right);
      return;
    }
    const count = left.length;
    if (jump || !this.#sounding) this.#cut();
    const pace = speed / this.#ratio;
    const begin = this.#at;
    const wanted = Math.ceil(begin + this.#ratio * (count - 1)) + HALF + 1;
    // Of a recording that is lowered shorter stretches are taken, so that no attack falls between two.
    const length = Math.min(HOP, Math.max(LEAST, Math.round(HOP * this.#ratio)));
    for (let first = jump || !this.#sounding; this.#made < wanted; first = false) {
      const to = this.#made + length;
      const place = position + (this.#made - begin) * pace;
      this.#stretcher.play(
        place,
        pace,
        first,
        this.#left.subarray(this.#made, to),
        this.#right.subarray(this.#made, to),
      );
      this.#made = to;
    }
    this.#sounding = true;
    for (let i = 0; i < count; i++) {
      const at = begin + this.#ratio * i;
      left[i] = read(this.#left, at, filter);
      right[i] = read(this.#right, at, filter);
    }
    this.#at = begin + this.#ratio * count;
    this.#compact();
  }

  /** Forgets what was stretched ahead: the music goes on elsewhere. */
  #cut(): void {
    this.#at = Math.ceil(this.#at);
    this.#stretcher.rewind(this.#made - this.#at);
    this.#made = this.#at;
  }

  /** Moves what is still needed to the beginning. */
  #compact(): void {
    const gone = Math.floor(this.#at) - HALF;
    for (const side of [this.#left, this.#right]) side.copyWithin(0, gone, this.#made);
    this.#made -= gone;
    this.#at -= gone;
  }
}

/** The value between samples: a windowed sinc. */
function read(samples: Float32Array, at: number, filter: Float32Array): number {
  const whole = Math.floor(at);
  const phase = (at - whole) * PHASES;
  const low = Math.floor(phase);
  const share = phase - low;
  const a = low * 2 * HALF;
  const b = a + 2 * HALF;
  let sum = 0;
  for (let k = 0; k < 2 * HALF; k++) {
    const weight = filter[a + k]! + share * (filter[b + k]! - filter[a + k]!);
    sum += weight * samples[whole - HALF + 1 + k]!;
  }
  return sum;
}

/** @param cutoff share of the band that passes */
function makeFilter(cutoff: number): Float32Array {
  const filter = new Float32Array((PHASES + 1) * 2 * HALF);
  for (let phase = 0; phase <= PHASES; phase++) {
    const taps = filter.subarray(phase * 2 * HALF, (phase + 1) * 2 * HALF);
    let sum = 0;
    for (let k = 0; k < taps.length; k++) {
      const x = k - HALF + 1 - phase / PHASES;
      const sinc = x === 0 ? cutoff : Math.sin(Math.PI * cutoff * x) / (Math.PI * x);
      const edge = Math.min(1, Math.abs(x) / HALF);
      taps[k] = sinc * bessel(BETA * Math.sqrt(1 - edge * edge));
      sum += taps[k]!;
    }
    for (let k = 0; k < taps.length; k++) taps[k]! /= sum;
  }
  return filter;
}

/** The modified Bessel function of the first kind and order 0, by its series. */
function bessel(x: number): number {
  let term = 1;
  let sum = 1;
  for (let k = 1; term > 1e-9 * sum; k++) {
    term *= (x / 2 / k) ** 2;
    sum += term;
  }
  return sum;
}
