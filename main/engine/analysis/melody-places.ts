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

/** Share of a neighbouring semitone's probability that speaks for a pitch: vibrato, scoops and falls pass through it. */
const BENT = 0.4;
/** Least that a frame speaks for anything, so that no single frame decides. */
const LEAST = 0.02;

/**
 * What was heard between places of the beat grid. Places are frames of the evidence and may lie between frames.
 */
export class MelodyEvidence {
  readonly #heard: HeardMelody;
  /** Sums over the network's frames before each one: of each class' support, its probability, and of singing. */
  readonly #support: Float64Array;
  readonly #probability: Float64Array;
  readonly #sung: Float64Array;

  constructor(heard: HeardMelody) {
    this.#heard = heard;
    this.#support = new Float64Array((heard.frames + 1) * MELODY_CLASSES);
    this.#probability = new Float64Array((heard.frames + 1) * MELODY_CLASSES);
    this.#sung = new Float64Array(heard.frames + 1);
    const row = new Float64Array(MELODY_CLASSES);
    for (let t = 0; t < heard.frames; t++) {
      const at = t * MELODY_CLASSES;
      for (let c = 0; c < MELODY_CLASSES; c++) row[c] = Math.exp(-heard.pitch[at + c] / MELODY_STEPS);
      for (let c = 0; c < MELODY_CLASSES; c++) {
        const next = at + c + MELODY_CLASSES;
        this.#support[next] = this.#support[at + c] + Math.log(LEAST + tolerate(row, c));
        this.#probability[next] = this.#probability[at + c] + row[c];
      }
      this.#sung[t + 1] = this.#sung[t] + heard.sung[t] / 255;
    }
  }

  /** Adds `weight` × the support of each class in [from, to), in natural logarithms and the network's frames. */
  addSupport(from: number, to: number, weight: number, target: Float64Array): void {
    const [a, b] = [this.#place(from), this.#place(to)];
    for (let c = 0; c < MELODY_CLASSES; c++) {
      target[c] += weight * (this.#sumTo(this.#support, b, c) - this.#sumTo(this.#support, a, c));
    }
  }

  /** Mean probability of a class in [from, to); 0 where nothing was heard. */
  meanProbability(from: number, to: number, c: number): number {
    const [a, b] = [this.#place(from), this.#place(to)];
    if (b <= a) return 0;
    return (this.#sumTo(this.#probability, b, c) - this.#sumTo(this.#probability, a, c)) / (b - a);
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

  /** A sum at a place between frames. */
  #sumTo(sums: Float64Array, place: number, c: number): number {
    const index = Math.min(Math.floor(place), this.#heard.frames - 1);
    const at = index * MELODY_CLASSES + c;
    return sums[at] + (place - index) * (sums[at + MELODY_CLASSES] - sums[at]);
  }
}

/** How far a frame speaks for a class: a pitch a semitone off may be it, bent. */
function tolerate(row: Float64Array, c: number): number {
  if (c >= MELODY_PITCHES) return row[c];
  const below = c > 0 ? row[c - 1] : 0;
  const above = c + 1 < MELODY_PITCHES ? row[c + 1] : 0;
  return row[c] + BENT * (below + above);
}
