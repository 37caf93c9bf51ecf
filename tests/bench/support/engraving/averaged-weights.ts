import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/**
 * Weights learnt from decisions that were right and wrong: passive-aggressive steps (Crammer et al., JMLR 7, 2006, PA-I)
 * on the difference of features, and the mean over all steps as the result (Collins, EMNLP 2002).
 */
export class AveragedWeights {
  readonly values: Float64Array;
  readonly #sums: Float64Array;
  readonly #largest: number;
  #steps = 0;

  /** @param largest step, which keeps one song from deciding */
  constructor(size: number, largest: number) {
    this.values = new Float64Array(size);
    this.#sums = new Float64Array(size);
    this.#largest = largest;
  }

  /** @param right,wrong features of both decisions @param loss how wrong the second was; 0 where it was right */
  step(right: readonly number[], wrong: readonly number[], loss: number): void {
    this.#steps++;
    if (loss > 0) {
      const difference = new Float64Array(this.values.length);
      for (const feature of right) difference[feature]++;
      for (const feature of wrong) difference[feature]--;
      const length = difference.reduce((sum, each) => sum + each * each, 0);
      const margin = difference.reduce((sum, each, at) => sum + each * this.values[at], 0);
      const size = length === 0 ? 0 : Math.min(this.#largest, Math.max(0, (loss - margin) / length));
      for (let at = 0; at < difference.length; at++) this.values[at] += size * difference[at];
    }
    for (let at = 0; at < this.values.length; at++) this.#sums[at] += this.values[at];
  }

  mean(): Float64Array {
    return this.#sums.map((sum) => sum / this.#steps);
  }
}

/** Writes a file of weights under `main/engine/score`. @param before what stands before the table */
export function writeWeights(file: string, before: string, weights: Float64Array): void {
  writeText(file, `${before}${JSON.stringify(round([...weights]))};\n`);
}

function round(weights: readonly number[]): number[] {
  return weights.map((weight) => Math.round(weight * 1000) / 1000);
}

/** Writes a file under `main/engine/score`. */
export function writeText(file: string, text: string): void {
  writeFileSync(fileURLToPath(new URL(`../../../../main/engine/score/${file}`, import.meta.url)), text);
}

/** The same order on every run. */
export function shuffle<T>(items: T[]): void {
  let seed = 1;
  for (let at = items.length - 1; at > 0; at--) {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    const other = Math.floor((seed / 2 ** 32) * (at + 1));
    [items[at], items[other]] = [items[other], items[at]];
  }
}
