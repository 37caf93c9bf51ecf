import { contextSize, describeNotes } from './hand-context.ts';
import { describeOpinions, opinionSize } from './hand-opinions.ts';
import { handNetworks } from './hand-weights.ts';
import type { HandNote } from './hands.ts';

/** Two hidden layers of rectified units; rows of weights, the bias last in each. */
export interface HandNetwork {
  inputs: number;
  units: readonly number[];
  first: ArrayLike<number>;
  second: ArrayLike<number>;
  last: ArrayLike<number>;
}

export interface HandNetworks {
  /** Tells the hand of a note from its surroundings. */
  alone: HandNetwork;
  /** The same, knowing what the first says of the notes around. */
  together: HandNetwork;
}

/**
 * Log-odds that each note is the left hand's, told from its surroundings by networks that were fitted to printed music.
 *
 * @param notes sorted by start, then pitch
 * @param bars starts of the bars in ticks, rising; empty where they are not known
 */
export function leanLeft(
  notes: readonly HandNote[],
  bars: readonly number[],
  { alone, together }: HandNetworks = handNetworks,
): Float32Array {
  const context = describeNotes(notes, bars);
  return runNetwork(together, addOpinions(context, notes, runNetwork(alone, context)));
}

/** Rows of the second network: a note's surroundings, and what the first network says of them. */
export function addOpinions(
  context: Float32Array,
  notes: readonly HandNote[],
  leans: ArrayLike<number>,
): Float32Array {
  const size = contextSize + opinionSize;
  const rows = new Float32Array(notes.length * size);
  const opinions = describeOpinions(notes, leans);
  for (let at = 0; at < notes.length; at++) {
    rows.set(context.subarray(at * contextSize, (at + 1) * contextSize), at * size);
    rows.set(opinions.subarray(at * opinionSize, (at + 1) * opinionSize), at * size + contextSize);
  }
  return rows;
}

/** The network's answer to each row. */
export function runNetwork(
  { inputs, units, first, second, last }: HandNetwork,
  rows: Float32Array,
): Float32Array {
  const [one, two] = units.map((size) => new Float32Array(size));
  const answers = new Float32Array(rows.length / inputs);
  for (let at = 0; at < answers.length; at++) {
    addLayer(rows, at * inputs, inputs, first, one!);
    rectify(one!);
    addLayer(one!, 0, one!.length, second, two!);
    rectify(two!);
    addLayer(two!, 0, two!.length, last, answers.subarray(at, at + 1));
  }
  return answers;
}

function addLayer(
  row: Float32Array,
  from: number,
  inputs: number,
  weights: ArrayLike<number>,
  out: Float32Array,
): void {
  let at = 0;
  for (let unit = 0; unit < out.length; unit++) {
    let sum = 0;
    for (let input = from; input < from + inputs; input++) sum += weights[at++]! * row[input]!;
    out[unit] = sum + weights[at++]!;
  }
}

function rectify(units: Float32Array): void {
  for (let at = 0; at < units.length; at++) if (units[at]! < 0) units[at] = 0;
}
