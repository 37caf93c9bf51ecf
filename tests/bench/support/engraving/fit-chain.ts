import {
  fifthsBetween,
  fitSignatures,
  type KeyWeights,
} from '../../../../main/engine/score/import/key-chain.ts';
import { barViews, type SongViews, songViews } from '../../../../main/engine/score/import/key-features.ts';
import { shuffle } from './averaged-weights.ts';

/** A song and the major tonics of its printed signatures, bar by bar. */
export interface SignedSong {
  views: SongViews;
  printed: number[];
}

const SONG_AT = barViews.length * 12;
const CHANGE_AT = SONG_AT + songViews.length * 12;
const SIZE = CHANGE_AT + 12;

/** A change of signature is rare: where the search begins. */
const CHANGE = -3;
/** Songs whose mean is one step. */
const BATCH = 16;
const FIRST_RATE = 0.02;
const LAST_RATE = 0.0005;

/**
 * Fits a chain of signatures (a conditional random field: Lafferty, McCallum and Pereira, ICML 2001) to printed songs by
 * Adam (Kingma and Ba, ICLR 2015) on the log-likelihood with an L2 penalty. The same songs give the same weights.
 */
export class ChainFit {
  readonly #weights = new Float64Array(SIZE).fill(CHANGE, CHANGE_AT + 1);
  readonly #mean = new Float64Array(SIZE);
  readonly #square = new Float64Array(SIZE);
  readonly #penalty: number;
  #steps = 0;

  constructor(penalty: number) {
    this.#penalty = penalty;
  }

  get weights(): KeyWeights {
    return split(this.#weights);
  }

  /** One round over all songs; gives their mean log-likelihood. @param share of all rounds that lies behind */
  round(songs: readonly SignedSong[], share: number): number {
    const order = [...songs];
    shuffle(order);
    let sum = 0;
    for (let at = 0; at < order.length; at += BATCH) {
      const batch = order.slice(at, at + BATCH);
      const gradient = new Float64Array(SIZE);
      for (const song of batch) sum += addGradient(song, this.weights, split(gradient));
      this.#step(gradient, batch.length, FIRST_RATE * (1 - share) + LAST_RATE);
    }
    return sum / songs.length;
  }

  #step(gradient: Float64Array, songs: number, rate: number): void {
    this.#steps++;
    const [forget, forgetSquare] = [1 - 0.9 ** this.#steps, 1 - 0.99 ** this.#steps];
    for (let at = 0; at < SIZE; at++) {
      const slope = gradient[at]! / songs - (at < CHANGE_AT ? this.#penalty * this.#weights[at]! : 0);
      this.#mean[at] = 0.9 * this.#mean[at]! + 0.1 * slope;
      this.#square[at] = 0.99 * this.#square[at]! + 0.01 * slope * slope;
      const step = this.#mean[at]! / forget / (Math.sqrt(this.#square[at]! / forgetSquare) + 1e-8);
      this.#weights[at]! += rate * step;
    }
  }
}

type Split = { bar: Float64Array; song: Float64Array; change: Float64Array };

function split(all: Float64Array): Split {
  return {
    bar: all.subarray(0, SONG_AT),
    song: all.subarray(SONG_AT, CHANGE_AT),
    change: all.subarray(CHANGE_AT),
  };
}

function logSum(values: Float64Array): number {
  const most = Math.max(...values);
  return most + Math.log(values.reduce((sum, value) => sum + Math.exp(value - most), 0));
}

/** Sums over all ways to come to a bar, and to go on from it (forward and backward). */
function sumPaths(fits: readonly Float64Array[], change: ArrayLike<number>, first: Float64Array) {
  const terms = new Float64Array(12);
  const forward = [first.map((fit, tonic) => fit + fits[0]![tonic]!)];
  for (let bar = 1; bar < fits.length; bar++) {
    forward.push(
      new Float64Array(12).map((_, to) => {
        for (let from = 0; from < 12; from++) {
          terms[from] = forward[bar - 1]![from]! + change[fifthsBetween(from, to)]!;
        }
        return logSum(terms) + fits[bar]![to]!;
      }),
    );
  }
  const backward = [new Float64Array(12)];
  for (let bar = fits.length - 2; bar >= 0; bar--) {
    const next = backward[0]!;
    backward.unshift(
      new Float64Array(12).map((_, from) => {
        for (let to = 0; to < 12; to++) {
          terms[to] = change[fifthsBetween(from, to)]! + fits[bar + 1]![to]! + next[to]!;
        }
        return logSum(terms);
      }),
    );
  }
  return { forward, backward, total: logSum(forward[fits.length - 1]!) };
}

/** Adds what one song says of each weight; gives its log-likelihood. */
function addGradient({ views, printed }: SignedSong, weights: KeyWeights, gradient: Split): number {
  const fits = views.bars.map((row) => fitSignatures(row, weights.bar));
  const first = fitSignatures(views.song, weights.song);
  const { forward, backward, total } = sumPaths(fits, weights.change, first);
  let score = first[printed[0]!]!;
  views.bars.forEach((row, bar) => {
    score += fits[bar]![printed[bar]!]!;
    for (let tonic = 0; tonic < 12; tonic++) {
      const likely = Math.exp(forward[bar]![tonic]! + backward[bar]![tonic]! - total);
      const off = (printed[bar] === tonic ? 1 : 0) - likely;
      addRow(row, tonic, off, gradient.bar);
      if (bar === 0) addRow(views.song, tonic, off, gradient.song);
    }
    if (bar === 0) return;
    const changed = fifthsBetween(printed[bar - 1]!, printed[bar]!);
    score += weights.change[changed]!;
    gradient.change[changed]! += 1;
    for (let from = 0; from < 12; from++) {
      for (let to = 0; to < 12; to++) {
        const change = fifthsBetween(from, to);
        const path =
          forward[bar - 1]![from]! + weights.change[change]! + fits[bar]![to]! + backward[bar]![to]!;
        gradient.change[change]! -= Math.exp(path - total);
      }
    }
  });
  return score - total;
}

function addRow(row: Float64Array, tonic: number, weight: number, gradient: Float64Array): void {
  for (let base = 0; base < row.length; base += 12) {
    for (let pitchClass = 0; pitchClass < 12; pitchClass++) {
      gradient[base + ((pitchClass - tonic + 12) % 12)]! += weight * row[base + pitchClass]!;
    }
  }
}
