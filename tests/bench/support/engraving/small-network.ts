/** A network with two hidden layers of rectified units and one output: the log-odds of an answer. */
export interface Layers {
  sizes: [inputs: number, first: number, second: number];
  /** Row by row, the bias last in each. */
  first: Float32Array;
  second: Float32Array;
  last: Float32Array;
}

const BATCH = 256;
const PEAK_RATE = 4e-3;
const RISE = 0.3;

/** Numbers that look drawn by chance, the same on every run (xorshift32). */
function makeRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}

/**
 * Fits a network to rows and answers by Adam on the logistic loss, the rate rising for the first third of the steps and
 * falling after. The same rows give the same network.
 *
 * @param rows of `sizes[0]` values each
 * @param answers 0 or 1 for each row
 */
export function fitNetwork(
  rows: Float32Array,
  answers: Uint8Array,
  sizes: Layers['sizes'],
  rounds: number,
): Layers {
  const random = makeRandom(2463534242);
  const [inputs, one, two] = sizes;
  const lengths = [one * (inputs + 1), two * (one + 1), two + 1];
  const all = new Float32Array(lengths.reduce((sum, length) => sum + length, 0));
  const layers = cut(all, sizes);
  for (const [layer, fan] of [
    [layers.first, inputs],
    [layers.second, one],
    [layers.last, two],
  ] as const) {
    const reach = 1 / Math.sqrt(fan);
    for (let at = 0; at < layer.length; at++) layer[at] = (2 * random() - 1) * reach;
  }
  const gradient = new Float32Array(all.length);
  const slopes = cut(gradient, sizes);
  const mean = new Float32Array(all.length);
  const square = new Float32Array(all.length);
  const order = Uint32Array.from(answers, (_, at) => at);
  const steps = rounds * Math.floor(order.length / BATCH);
  let step = 0;
  for (let round = 0; round < rounds; round++) {
    for (let at = order.length - 1; at > 0; at--) {
      const other = Math.floor(random() * (at + 1));
      [order[at], order[other]] = [order[other]!, order[at]!];
    }
    for (let from = 0; from + BATCH <= order.length; from += BATCH) {
      gradient.fill(0);
      for (let at = from; at < from + BATCH; at++) {
        const row = rows.subarray(order[at]! * inputs, (order[at]! + 1) * inputs);
        learn(row, answers[order[at]!]!, layers, slopes);
      }
      step++;
      const share = step / steps;
      const rate = PEAK_RATE * (share < RISE ? 0.04 + (0.96 * share) / RISE : (1 - share) / (1 - RISE));
      const [forget, forgetSquare] = [1 - 0.9 ** step, 1 - 0.999 ** step];
      for (let at = 0; at < all.length; at++) {
        const slope = gradient[at]! / BATCH;
        mean[at] = 0.9 * mean[at]! + 0.1 * slope;
        square[at] = 0.999 * square[at]! + 0.001 * slope * slope;
        all[at]! -= (rate * (mean[at]! / forget)) / (Math.sqrt(square[at]! / forgetSquare) + 1e-8);
      }
    }
  }
  return layers;
}

function cut(all: Float32Array, sizes: Layers['sizes']): Layers {
  const [inputs, one, two] = sizes;
  const second = one * (inputs + 1);
  const last = second + two * (one + 1);
  return {
    sizes,
    first: all.subarray(0, second),
    second: all.subarray(second, last),
    last: all.subarray(last),
  };
}

const hiddenOne = new Float32Array(256);
const hiddenTwo = new Float32Array(256);
const slopesOne = new Float32Array(256);

/** Adds the slopes of one row's loss. */
function learn(row: Float32Array, answer: number, layers: Layers, slopes: Layers): void {
  const [inputs, one, two] = layers.sizes;
  forward(row, layers.first, inputs, one, hiddenOne);
  forward(hiddenOne, layers.second, one, two, hiddenTwo);
  let out = layers.last[two]!;
  for (let at = 0; at < two; at++) out += layers.last[at]! * hiddenTwo[at]!;
  const error = 1 / (1 + Math.exp(-out)) - answer;
  slopes.last[two]! += error;
  slopesOne.fill(0, 0, one);
  for (let unit = 0; unit < two; unit++) {
    slopes.last[unit]! += error * hiddenTwo[unit]!;
    if (hiddenTwo[unit] === 0) continue;
    const slope = error * layers.last[unit]!;
    const base = unit * (one + 1);
    for (let at = 0; at < one; at++) {
      slopes.second[base + at]! += slope * hiddenOne[at]!;
      slopesOne[at]! += slope * layers.second[base + at]!;
    }
    slopes.second[base + one]! += slope;
  }
  for (let unit = 0; unit < one; unit++) {
    if (hiddenOne[unit] === 0) continue;
    const slope = slopesOne[unit]!;
    const base = unit * (inputs + 1);
    for (let at = 0; at < inputs; at++) slopes.first[base + at]! += slope * row[at]!;
    slopes.first[base + inputs]! += slope;
  }
}

function forward(
  row: Float32Array,
  weights: Float32Array,
  inputs: number,
  units: number,
  out: Float32Array,
): void {
  for (let unit = 0; unit < units; unit++) {
    const base = unit * (inputs + 1);
    let sum = weights[base + inputs]!;
    for (let at = 0; at < inputs; at++) sum += weights[base + at]! * row[at]!;
    out[unit] = sum > 0 ? sum : 0;
  }
}
