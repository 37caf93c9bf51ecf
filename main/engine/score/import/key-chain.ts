import type { SongViews } from './key-features.ts';

/** Weights of a chain of signatures over the bars of a song; degrees are semitones above the signature's major tonic. */
export interface KeyWeights {
  /** By view of a bar and degree. */
  bar: ArrayLike<number>;
  /** By view of the song and degree, for the signature that it begins with. */
  song: ArrayLike<number>;
  /** By fifths from a signature to the next, 0 to 11. */
  change: ArrayLike<number>;
}

/** Fits of twelve signatures, by major tonic, to a row of views. */
export function fitSignatures(
  row: Float64Array,
  weights: ArrayLike<number>,
  out = new Float64Array(12),
): Float64Array {
  out.fill(0);
  for (let base = 0; base < row.length; base += 12) {
    for (let pitchClass = 0; pitchClass < 12; pitchClass++) {
      const value = row[base + pitchClass]!;
      if (value === 0) continue;
      for (let tonic = 0; tonic < 12; tonic++) {
        out[tonic]! += value * weights[base + ((pitchClass - tonic + 12) % 12)]!;
      }
    }
  }
  return out;
}

/** Fifths upwards from one major tonic to another, 0 to 11. */
export function fifthsBetween(from: number, to: number): number {
  return ((to - from + 12) * 7) % 12;
}

/** Major tonics of the likeliest signatures, bar by bar (Viterbi). */
export function chooseSignatures(views: SongViews, weights: KeyWeights): number[] {
  let sums = fitSignatures(views.song, weights.song);
  const sources: Int8Array[] = [];
  views.bars.forEach((row, bar) => {
    const fits = fitSignatures(row, weights.bar);
    const source = new Int8Array(12);
    const next = new Float64Array(12);
    for (let to = 0; to < 12; to++) {
      let best = Number.NEGATIVE_INFINITY;
      for (let from = 0; from < 12; from++) {
        const sum =
          bar === 0
            ? from === to
              ? sums[from]!
              : Number.NEGATIVE_INFINITY
            : sums[from]! + weights.change[fifthsBetween(from, to)]!;
        if (sum > best) {
          best = sum;
          source[to] = from;
        }
      }
      next[to] = best + fits[to]!;
    }
    sums = next;
    sources.push(source);
  });
  let tonic = sums.indexOf(Math.max(...sums));
  const chosen: number[] = [];
  for (let bar = sources.length - 1; bar >= 0; bar--) {
    chosen.push(tonic);
    tonic = sources[bar]![tonic]!;
  }
  return chosen.reverse();
}
