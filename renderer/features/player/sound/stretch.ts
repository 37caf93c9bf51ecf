import type { PcmStore } from './pcm-store.ts';

/** Frames of a step: 12 ms. */
export const HOP = 512;
/** Frames of the blend into a step: short, so that attacks stay where they are. */
const BLEND = 256;
/** Frames by which a step may be taken earlier or later than its place, to fit what sounds: 10 ms, a period of 50 Hz. */
const REACH = 441;
/** How much less like the farthest place counts: among places that fit equally, the nearest is in time. */
const FARNESS = 0.4;
/** Times the speed: the share of the reach that is used where the music is slowed down. */
const SLOW_REACH = 1.1;
/** Frames that are compared. */
const COMPARED = 768;
/** Every so many frames are compared at first. */
const COARSE = 4;
/** Frames of the blend where the music jumps: 2 ms, so that an attack after a jump stays one. */
const JUMP_BLEND = 96;

/**
 * Plays a recording at another speed and its own pitch: WSOLA (Verhelst and Roelands, ICASSP 1993), written as a chain of
 * blends. At its own speed it is the recording, sample for sample.
 */
export class Stretcher {
  readonly #store: PcmStore;
  /** Where what sounds now goes on in the recording; null where nothing sounds. */
  #next: number | null = null;
  readonly #old = [new Float32Array(HOP), new Float32Array(HOP)] as const;
  readonly #template = new Float32Array(COMPARED);
  readonly #range = new Float32Array(COMPARED + 2 * REACH);
  readonly #other = new Float32Array(COMPARED + 2 * REACH);

  constructor(store: PcmStore) {
    this.#store = store;
  }

  /** Lets go of what sounds: the next step fades in from silence. */
  silence(): void {
    this.#next = null;
  }

  /** Goes back by frames that were made and are not to be heard after all. */
  rewind(frames: number): void {
    if (this.#next !== null) this.#next -= frames;
  }

  /** Chunks that are needed for a step and are not there. */
  missing(position: number, frames: number): number[] {
    const margin = REACH + COMPARED;
    const wanted = this.#store.missing(position - margin, position + frames + margin);
    const running =
      this.#next === null ? [] : this.#store.missing(this.#next, this.#next + Math.max(frames, COMPARED));
    return [...new Set([...wanted, ...running])];
  }

  /**
   * Plays `left.length` (at most `HOP`) frames of what lies at `position`.
   * @param position in frames of the recording
   * @param jump whether the music jumps to there rather than going on
   */
  play(position: number, speed: number, jump: boolean, left: Float32Array, right: Float32Array): void {
    const count = left.length;
    // A step plays at the recording's own pace: its middle is in time.
    const exact = Math.round(position + ((speed - 1) * count) / 2);
    const target = jump || this.#next === null ? Math.round(position) : this.#fit(exact, speed);
    this.#store.read(target, left, right);
    this.#store.touch(target, target + count);
    if (target !== this.#next) {
      const blend = Math.min(jump || this.#next === null ? JUMP_BLEND : BLEND, count);
      const old = this.#old.map((side) => side.subarray(0, count));
      if (this.#next === null) for (const side of old) side.fill(0);
      else this.#store.read(this.#next, old[0]!, old[1]!);
      for (let i = 0; i < blend; i++) {
        const into = 0.5 - 0.5 * Math.cos((Math.PI * (i + 0.5)) / blend);
        left[i] = into * left[i]! + (1 - into) * old[0]![i]!;
        right[i] = into * right[i]! + (1 - into) * old[1]![i]!;
      }
    }
    this.#next = target + count;
  }

  /** The place near `exact` that best continues what sounds. */
  #fit(exact: number, speed: number): number {
    const next = this.#next!;
    if (speed === 1) return Math.abs(next - exact) <= 1 ? next : exact;
    this.#readMono(next, this.#template, this.#other.subarray(0, COMPARED));
    this.#readMono(exact - REACH, this.#range, this.#other);
    // Slowed down, a step that is off its place is off for longer.
    const reach = Math.round(REACH * Math.min(1, speed * SLOW_REACH));
    const coarse = this.#best(REACH - reach, REACH + reach, COARSE, COARSE);
    return exact - REACH + this.#best(coarse - COARSE + 1, coarse + COARSE - 1, 1, 2);
  }

  #readMono(from: number, target: Float32Array, other: Float32Array): void {
    this.#store.read(from, target, other);
    for (let i = 0; i < target.length; i++) target[i]! += other[i]!;
  }

  /** The shift from `first` to `last` at which the range is most like the template. */
  #best(first: number, last: number, step: number, every: number): number {
    let best = REACH;
    let most = Number.NEGATIVE_INFINITY;
    for (let shift = Math.max(0, first); shift <= Math.min(2 * REACH, last); shift += step) {
      let product = 0;
      let energy = 1e-9;
      for (let i = 0; i < COMPARED; i += every) {
        const value = this.#range[shift + i]!;
        product += value * this.#template[i]!;
        energy += value * value;
      }
      const farness = (shift - REACH) / REACH;
      const fit = product / Math.sqrt(energy);
      const likeness = fit * (fit > 0 ? 1 - FARNESS * farness * farness : 1);
      if (likeness > most) {
        most = likeness;
        best = shift;
      }
    }
    return best;
  }
}
