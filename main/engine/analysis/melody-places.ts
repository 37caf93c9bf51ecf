import { type BeatUnit, TICKS_PER_BEAT } from '../../contract/grid.ts';
import {
  type HeardMelody,
  MELODY_CLASSES,
  MELODY_PITCHES,
  MELODY_POOL,
  MELODY_STEPS,
} from './melody-listener.ts';

/** Ways to divide a beat, in ticks a step: 16ths and triplets of a quarter; 16ths of a dotted quarter. */
export const DIVISIONS: Record<BeatUnit, readonly number[]> = {
  quarter: [TICKS_PER_BEAT / 4, TICKS_PER_BEAT / 3],
  'dotted-quarter': [TICKS_PER_BEAT / 6],
};

/** Frames by which an onset misses its place for its weight to fall to e^−½: 41 ms, as singers miss it. */
const MISS = 3.5;
/** How far from its place an onset is looked for, frames. */
const REACH = 8;

/**
 * What was heard between places of the beat grid. Places are frames of the evidence and may lie between frames.
 */
export class MelodyEvidence {
  readonly #heard: HeardMelody;
  /** Sums of log-probabilities of each class over the network's frames before each one. */
  readonly #sums: Float64Array;
  readonly #sung: Float64Array;

  constructor(heard: HeardMelody) {
    this.#heard = heard;
    this.#sums = new Float64Array((heard.frames + 1) * MELODY_CLASSES);
    this.#sung = new Float64Array(heard.frames + 1);
    for (let t = 0; t < heard.frames; t++) {
      for (let c = 0; c < MELODY_CLASSES; c++) {
        const at = t * MELODY_CLASSES + c;
        this.#sums[at + MELODY_CLASSES] = this.#sums[at] - heard.pitch[at] / MELODY_STEPS;
      }
      this.#sung[t + 1] = this.#sung[t] + heard.sung[t] / 255;
    }
  }

  /** Adds `weight` × the log-probability of each class in [from, to) to `target`, in the network's frames. */
  addClasses(from: number, to: number, weight: number, target: Float64Array): void {
    const [a, b] = [this.#place(from), this.#place(to)];
    const [ia, ib] = [
      Math.min(Math.floor(a), this.#heard.frames - 1),
      Math.min(Math.floor(b), this.#heard.frames - 1),
    ];
    if (ia < 0) return;
    for (let c = 0; c < MELODY_CLASSES; c++) {
      target[c] += weight * (this.#sumAt(ib, b - ib, c) - this.#sumAt(ia, a - ia, c));
    }
  }

  /** Mean log-probability of a class in [from, to). */
  meanClass(from: number, to: number, c: number): number {
    const [a, b] = [this.#place(from), this.#place(to)];
    const [ia, ib] = [
      Math.min(Math.floor(a), this.#heard.frames - 1),
      Math.min(Math.floor(b), this.#heard.frames - 1),
    ];
    if (b <= a) return -255 / MELODY_STEPS;
    return (this.#sumAt(ib, b - ib, c) - this.#sumAt(ia, a - ia, c)) / (b - a);
  }

  /** Mean probability in [from, to) that a voice has the line. */
  meanSung(from: number, to: number): number {
    const a = Math.floor(this.#place(from));
    const b = Math.min(this.#heard.frames, Math.max(a + 1, Math.round(this.#place(to))));
    return b > a ? (this.#sung[b] - this.#sung[a]) / (b - a) : 0.5;
  }

  /** The strongest onset of each pitch near a place, 0-1, weaker the more it misses it. */
  addOnsets(place: number, target: Float64Array): void {
    target.fill(0);
    const first = Math.max(0, Math.ceil((place - REACH) / 2));
    const last = Math.min(2 * this.#heard.frames - 1, Math.floor((place + REACH) / 2));
    for (let h = first; h <= last; h++) {
      // Half frame h is centred between frames 2 h and 2 h + 1.
      const miss = (2 * h + 0.5 - place) / MISS;
      const weight = Math.exp(-0.5 * miss * miss) / 255;
      for (let p = 0; p < MELODY_PITCHES; p++) {
        target[p] = Math.max(target[p], weight * this.#heard.onset[h * MELODY_PITCHES + p]);
      }
    }
  }

  /** A frame of the evidence on the network's axis, inside the song. */
  #place(frame: number): number {
    return Math.min(this.#heard.frames, Math.max(0, (frame + 0.5) / MELODY_POOL));
  }

  #sumAt(index: number, part: number, c: number): number {
    const at = index * MELODY_CLASSES + c;
    return this.#sums[at] + part * (this.#sums[at + MELODY_CLASSES] - this.#sums[at]);
  }
}
