import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { runUnits } from '../../../main/engine/score/gated-units.ts';
import { chooseSignatures } from '../../../main/engine/score/import/key-chain.ts';
import { weighSignatures } from '../../../main/engine/score/import/key-network.ts';
import { keyNetwork } from '../../../main/engine/score/import/key-weights.ts';

/** What PyTorch says of views drawn by chance: `python -m songleaf_models.signatures train`. */
const parity: { bars: number[][]; song: number[]; chances: number[][] } = JSON.parse(
  readFileSync(new URL('../../fixtures/signatures/parity.json', import.meta.url), 'utf8'),
);

const turn = (views: readonly number[], semitones: number) =>
  Float64Array.from(views, (_, at) => views[12 * Math.floor(at / 12) + (((at % 12) - semitones + 12) % 12)]!);

describe('weighSignatures', () => {
  it('says what PyTorch says', () => {
    const views = { bars: parity.bars.map((row) => Float64Array.from(row)), song: turn(parity.song, 0) };
    weighSignatures(views, keyNetwork).forEach((row, bar) => {
      row.forEach((chance, tonic) => {
        expect(chance).toBeCloseTo(parity.chances[bar]![tonic]!, 3);
      });
    });
  });

  it('moves with the music', () => {
    const moved = { bars: parity.bars.map((row) => turn(row, 5)), song: turn(parity.song, 5) };
    weighSignatures(moved, keyNetwork).forEach((row, bar) => {
      row.forEach((chance, tonic) => {
        expect(chance).toBeCloseTo(parity.chances[bar]![(tonic + 7) % 12]!, 3);
      });
    });
  });
});

describe('runUnits', () => {
  /** Four units alike that do not hear one another, by what their gates add and take from the input. */
  const units = (bias: readonly number[], input: readonly number[]) => {
    const forAll = (gates: readonly number[]) => gates.flatMap((gate) => Array<number>(4).fill(gate));
    const deaf = { recurrent: Array<number>(48).fill(0), recurrentBias: Array<number>(12).fill(0) };
    return { inputBias: forAll(bias), input: forAll(input), ...deaf };
  };
  const firstOf = (states: Float64Array) =>
    Array.from(
      states.filter((_, at) => at % 4 === 0),
      (state) => state.toFixed(3),
    );

  it('forgets where the update gate is shut, and keeps where it is open', () => {
    const rows = Float64Array.from([0.5, 0, 0]);
    const forgetful = units([0, -50, 0], [0, 0, 1]);
    expect(firstOf(runUnits(forgetful, rows, 3, false))).toEqual(['0.462', '0.000', '0.000']);
    const faithful = units([0, 20, 0], [0, -100, 1]);
    expect(firstOf(runUnits(faithful, rows, 3, false))).toEqual(['0.462', '0.462', '0.462']);
  });

  it('reads from the end as from the beginning of the reverse', () => {
    const even = units([0, 0, 0], [0, 0, 1]);
    const forward = runUnits(even, Float64Array.from([0.1, 0.7, -0.4]), 3, false);
    const backward = runUnits(even, Float64Array.from([-0.4, 0.7, 0.1]), 3, true);
    expect(firstOf(backward).reverse()).toEqual(firstOf(forward));
  });
});

describe('chooseSignatures', () => {
  const sure = (tonic: number, odds: number) =>
    Float64Array.from({ length: 12 }, (_, at) => (at === tonic ? 0 : -odds));

  it('changes where more is gained than a change costs', () => {
    const short = [sure(0, 3), sure(0, 3), sure(7, 3), sure(7, 3), sure(0, 3)];
    expect(chooseSignatures(short)).toEqual([0, 0, 0, 0, 0]);
    const long = [...Array(4).fill(sure(0, 3)), ...Array(4).fill(sure(7, 3))];
    expect(chooseSignatures(long)).toEqual([0, 0, 0, 0, 7, 7, 7, 7]);
  });
});
