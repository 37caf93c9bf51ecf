import type { BitWriter } from './bit-writer.ts';

/** Orders of the fixed predictors (RFC 9639, 9.2.5). */
const ORDERS = 5;
/** The Rice parameter that escapes, one too large for 4 bits. */
const LARGEST_RICE = 14;
/** Samples a Rice parameter holds for, in a whole block. */
const PARTITION = 256;

/** How one channel of a block is going to be written. */
export interface Plan {
  samples: Int32Array;
  /** Bits of a sample. */
  depth: number;
  /** −1: all samples are the same. */
  order: number;
  residual: Int32Array;
  /** log2 of the number of partitions. */
  partitions: number;
  rice: number[];
  /** Bits it takes, nearly. */
  bits: number;
}

/** Chooses the predictor with the smallest residual and the Rice parameters for it. */
export function planSubframe(samples: Int32Array, depth: number): Plan {
  const plan = { samples, depth, residual: new Int32Array(0), partitions: 0, rice: [] };
  if (samples.every((sample) => sample === samples[0])) return { ...plan, order: -1, bits: 8 + depth };
  let order = 0;
  let residual = samples;
  let least = sumOf(samples, 0);
  let difference = samples;
  for (let next = 1; next < Math.min(ORDERS, samples.length); next++) {
    difference = subtractFormer(difference, next);
    const sum = sumOf(difference, next);
    if (sum >= least) continue;
    least = sum;
    order = next;
    residual = difference;
  }
  const count = samples.length % PARTITION === 0 ? samples.length / PARTITION : 1;
  const partitions = Number.isInteger(Math.log2(count)) ? Math.log2(count) : 0;
  const rice: number[] = [];
  let bits = 8 + 6 + order * depth;
  forEachPartition(samples.length, partitions, order, (from, to) => {
    let sum = 0;
    for (let i = from; i < to; i++) sum += Math.abs(residual[i]);
    const parameter = chooseRice(sum, to - from);
    rice.push(parameter);
    bits += 4 + (to - from) * (1 + parameter) + (2 * sum) / 2 ** parameter;
  });
  return { ...plan, order, residual, partitions, rice, bits };
}

/** Writes a subframe (RFC 9639, 9.2). */
export function writeSubframe(out: BitWriter, plan: Plan): void {
  const { samples, depth, order, residual, partitions, rice } = plan;
  if (order < 0) {
    out.put(0, 8);
    out.put(samples[0], depth);
    return;
  }
  out.put(0b0010000 | (order << 1), 8);
  for (let i = 0; i < order; i++) out.put(samples[i], depth);
  out.put(0, 2);
  out.put(partitions, 4);
  let partition = 0;
  forEachPartition(samples.length, partitions, order, (from, to) => {
    const parameter = rice[partition++];
    out.put(parameter, 4);
    for (let i = from; i < to; i++) {
      // Folded: 0, −1, 1, −2, … to 0, 1, 2, 3, …
      const folded = ((residual[i] << 1) ^ (residual[i] >> 31)) >>> 0;
      out.putUnary(folded >>> parameter);
      if (parameter > 0) out.put(folded, parameter);
    }
  });
}

/** The next order's residual from the one before; the first `order` values mean nothing. */
function subtractFormer(residual: Int32Array, order: number): Int32Array {
  const next = new Int32Array(residual.length);
  for (let i = order; i < residual.length; i++) next[i] = residual[i] - residual[i - 1];
  return next;
}

function sumOf(residual: Int32Array, from: number): number {
  let sum = 0;
  for (let i = from; i < residual.length; i++) sum += Math.abs(residual[i]);
  return sum;
}

/** The parameter that suits residuals of a mean size: about its binary logarithm. */
function chooseRice(sum: number, count: number): number {
  const mean = (2 * sum) / Math.max(1, count);
  return Math.min(LARGEST_RICE, Math.max(0, Math.floor(Math.log2(Math.max(1, mean * Math.LN2)) + 0.5)));
}

function forEachPartition(
  length: number,
  partitions: number,
  order: number,
  visit: (from: number, to: number) => void,
): void {
  const size = length >> partitions;
  for (let from = 0; from < length; from += size) visit(Math.max(from, order), from + size);
}
