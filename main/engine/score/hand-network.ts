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
export function runNetwork(network: HandNetwork, rows: Float32Array): Float32Array {
  const layers = layersOf(network);
  const answers = new Float32Array(rows.length / network.inputs);
  for (let at = 0; at < answers.length; at++) {
    let row = rows.subarray(at * network.inputs, (at + 1) * network.inputs);
    for (const layer of layers) row = addLayer(row, layer);
    answers[at] = row[0]!;
  }
  return answers;
}

interface NetworkLayer {
  /** By block of units, input and unit, units rounded up to whole blocks; the bias is the last input. */
  weights: Float64Array;
  /** A row's inputs that are not zero: where their weights lie in a block, and their values. */
  places: Int32Array;
  values: Float64Array;
  out: Float32Array;
  isLast: boolean;
}

/** Units that are summed up together: so many sums stay in the processor's registers. */
const BLOCK = 4;

const prepared = new WeakMap<HandNetwork, NetworkLayer[]>();

function layersOf(network: HandNetwork): NetworkLayer[] {
  let layers = prepared.get(network);
  if (!layers) {
    const { inputs, units, first, second, last } = network;
    const [one = 0, two = 0] = units;
    layers = [
      prepareLayer(first, inputs, one, false),
      prepareLayer(second, one, two, false),
      prepareLayer(last, two, 1, true),
    ];
    prepared.set(network, layers);
  }
  return layers;
}

function prepareLayer(rows: ArrayLike<number>, inputs: number, units: number, isLast: boolean): NetworkLayer {
  const size = (inputs + 1) * BLOCK;
  const weights = new Float64Array(Math.ceil(units / BLOCK) * size);
  for (let unit = 0; unit < units; unit++) {
    const from = Math.floor(unit / BLOCK) * size + (unit % BLOCK);
    for (let input = 0; input <= inputs; input++) {
      weights[from + input * BLOCK] = rows[unit * (inputs + 1) + input]!;
    }
  }
  const places = new Int32Array(inputs + 1);
  const values = new Float64Array(inputs + 1);
  return { weights, places, values, out: new Float32Array(units), isLast };
}

/** Inputs that are zero, as most of a note's surroundings are, cost nothing. */
function addLayer(row: Float32Array, layer: NetworkLayer): Float32Array {
  const { weights, places, values, out, isLast } = layer;
  let count = 0;
  for (let input = 0; input < row.length; input++) {
    const value = row[input]!;
    if (value === 0) continue;
    places[count] = input * BLOCK;
    values[count++] = value;
  }
  places[count] = row.length * BLOCK;
  values[count++] = 1;
  const inputs = row.length + 1;
  for (let unit = 0; unit < out.length; unit += BLOCK) {
    let [one, two, three, four] = [0, 0, 0, 0];
    for (let at = 0; at < count; at++) {
      const from = places[at]! + unit * inputs;
      const value = values[at]!;
      one += weights[from]! * value;
      two += weights[from + 1]! * value;
      three += weights[from + 2]! * value;
      four += weights[from + 3]! * value;
    }
    // What lies behind the last unit is not kept by the array.
    out[unit] = isLast || one > 0 ? one : 0;
    out[unit + 1] = isLast || two > 0 ? two : 0;
    out[unit + 2] = isLast || three > 0 ? three : 0;
    out[unit + 3] = isLast || four > 0 ? four : 0;
  }
  return out;
}
