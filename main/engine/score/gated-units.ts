import { sigmoid } from '../sigmoid.ts';

/** Gated recurrent units that read a sequence; matrices by rows, those of the reset, update and new gates in turn. */
export interface GatedUnits {
  /** By gate and unit, then input. */
  input: ArrayLike<number>;
  inputBias: ArrayLike<number>;
  /** By gate and unit, then unit. */
  recurrent: ArrayLike<number>;
  recurrentBias: ArrayLike<number>;
}

/**
 * Reads rows from the first to the last, or from the last to the first, and tells the state of the units at each (Cho et
 * al., EMNLP 2014, in the form that PyTorch trains: the reset gate acts on the sum, not on the state before).
 *
 * @param rows one after the other, as many inputs each as the units take
 * @param count how many
 * @returns states, a row for each
 */
export function runUnits(
  { input, inputBias, recurrent, recurrentBias }: GatedUnits,
  rows: Float64Array,
  count: number,
  isBackward: boolean,
): Float64Array {
  const gates = inputBias.length;
  const units = gates / 3;
  const inputs = input.length / gates;
  const states = new Float64Array(count * units);
  const fromRow = new Float64Array(gates);
  const fromState = new Float64Array(gates);
  let state: Float64Array = new Float64Array(units);
  for (let step = 0; step < count; step++) {
    const at = isBackward ? count - 1 - step : step;
    addUp(input, inputBias, rows.subarray(at * inputs, (at + 1) * inputs), fromRow);
    addUp(recurrent, recurrentBias, state, fromState);
    const next = states.subarray(at * units, (at + 1) * units);
    for (let unit = 0; unit < units; unit++) {
      const reset = sigmoid(fromRow[unit]! + fromState[unit]!);
      const update = sigmoid(fromRow[units + unit]! + fromState[units + unit]!);
      const fresh = Math.tanh(fromRow[2 * units + unit]! + reset * fromState[2 * units + unit]!);
      next[unit] = fresh + update * (state[unit]! - fresh);
    }
    state = next;
  }
  return states;
}

/**
 * A matrix by rows times a vector, and a bias. Four rows are summed up together, which no sum has to wait for; the number
 * of rows is a multiple of four.
 */
export function addUp(
  matrix: ArrayLike<number>,
  bias: ArrayLike<number>,
  vector: Float64Array,
  out: Float64Array,
): void {
  const width = vector.length;
  for (let row = 0; row < out.length; row += 4) {
    let [one, two, three, four] = [bias[row]!, bias[row + 1]!, bias[row + 2]!, bias[row + 3]!];
    const first = row * width;
    const second = first + width;
    const third = second + width;
    const fourth = third + width;
    for (let column = 0; column < width; column++) {
      const value = vector[column]!;
      one += matrix[first + column]! * value;
      two += matrix[second + column]! * value;
      three += matrix[third + column]! * value;
      four += matrix[fourth + column]! * value;
    }
    out[row] = one;
    out[row + 1] = two;
    out[row + 2] = three;
    out[row + 3] = four;
  }
}
