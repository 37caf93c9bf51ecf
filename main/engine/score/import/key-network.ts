import { addUp, type GatedUnits, runUnits } from '../gated-units.ts';
import type { SongViews } from './key-features.ts';

/**
 * What tells how likely each signature is in each bar. It sees the views as degrees above the major tonic of one signature
 * and answers for that one: the same for all twelve. Matrices by rows.
 */
export interface KeyNetwork {
  /** What stands out in a bar, and in the song: a layer of rectified units each. */
  bar: ArrayLike<number>;
  barBias: ArrayLike<number>;
  song: ArrayLike<number>;
  songBias: ArrayLike<number>;
  /** These read what stands out, of the bar first. */
  forward: GatedUnits;
  backward: GatedUnits;
  /** Weights of the states, forward first, and of the views themselves. */
  answer: ArrayLike<number>;
  barAnswer: ArrayLike<number>;
  songAnswer: ArrayLike<number>;
}

/** Log-probabilities of the twelve signatures, by major tonic, in each bar. */
export function weighSignatures(views: SongViews, network: KeyNetwork): Float64Array[] {
  const weights = prepare(network);
  const chances = views.bars.map(() => new Float64Array(12));
  for (let tonic = 0; tonic < 12; tonic++) {
    const answers = answerFor(tonic, views, weights);
    chances.forEach((row, bar) => {
      row[tonic] = answers[bar]!;
    });
  }
  for (const row of chances) {
    const most = row.reduce((a, b) => Math.max(a, b));
    const sum = row.reduce((all, each) => all + Math.exp(each - most), 0);
    for (let tonic = 0; tonic < 12; tonic++) row[tonic]! -= most + Math.log(sum);
  }
  return chances;
}

function answerFor(tonic: number, views: SongViews, weights: KeyNetwork): Float64Array {
  const song = turnTo(tonic, views.song);
  const ofSong = rectify(weights.song, weights.songBias, song);
  const fixed = dot(weights.songAnswer, song, 0);
  const units = weights.barBias.length;
  const size = units + ofSong.length;
  const count = views.bars.length;
  const rows = new Float64Array(count * size);
  const answers = new Float64Array(count);
  views.bars.forEach((view, bar) => {
    const turned = turnTo(tonic, view);
    rows.set(rectify(weights.bar, weights.barBias, turned), bar * size);
    rows.set(ofSong, bar * size + units);
    answers[bar] = fixed + dot(weights.barAnswer, turned, 0);
  });
  [weights.forward, weights.backward].forEach((gated, at) => {
    const states = runUnits(gated, rows, count, at === 1);
    const width = states.length / count;
    for (let bar = 0; bar < count; bar++) {
      answers[bar]! += dot(weights.answer, states.subarray(bar * width, (bar + 1) * width), at * width);
    }
  });
  return answers;
}

/** Views as degrees above a tonic. */
function turnTo(tonic: number, views: Float64Array): Float64Array {
  const turned = new Float64Array(views.length);
  for (let base = 0; base < views.length; base += 12) {
    for (let degree = 0; degree < 12; degree++)
      turned[base + degree] = views[base + ((degree + tonic) % 12)]!;
  }
  return turned;
}

function rectify(matrix: ArrayLike<number>, bias: ArrayLike<number>, vector: Float64Array): Float64Array {
  const out = new Float64Array(bias.length);
  addUp(matrix, bias, vector, out);
  for (let unit = 0; unit < out.length; unit++) out[unit] = Math.max(0, out[unit]!);
  return out;
}

function dot(weights: ArrayLike<number>, vector: Float64Array, from: number): number {
  let sum = 0;
  for (let at = 0; at < vector.length; at++) sum += weights[from + at]! * vector[at]!;
  return sum;
}

const prepared = new WeakMap<KeyNetwork, KeyNetwork>();

/** Plain tables of numbers as typed arrays, which are read faster. */
function prepare(network: KeyNetwork): KeyNetwork {
  let weights = prepared.get(network);
  if (!weights) {
    const convert = (value: unknown): unknown =>
      Array.isArray(value)
        ? Float64Array.from(value)
        : Object.fromEntries(
            Object.entries(value as object).map(([name, part]) => [name, convert(part)] as const),
          );
    weights = convert(network) as KeyNetwork;
    prepared.set(network, weights);
  }
  return weights;
}
