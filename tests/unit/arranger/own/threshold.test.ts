import { describe, expect, it } from 'vitest';
import type { Bar } from '../../../../main/contract/arrangement.ts';
import { MelodyView } from '../../../../main/engine/arranger/melody.ts';
import {
  chooseThreshold,
  countMost,
  limitThreshold,
  warmThreshold,
} from '../../../../main/engine/arranger/own/threshold.ts';

/** Cells with the probabilities given, all of the piano. */
function cellsOf(...groups: [count: number, probability: number][]) {
  const piano = Uint8Array.from(
    groups.flatMap(([count, probability]) => new Array<number>(count).fill(Math.round(probability * 255))),
  );
  return { piano, bridge: new Uint8Array(piano.length) };
}

describe('the threshold of a song', () => {
  it('is half of the F-measure that can be expected', () => {
    // All cells of 0.6 written: 60 of 100 right, 60 + 10 there to be found: F = 120 / 170.
    const threshold = chooseThreshold(cellsOf([100, 0.6], [100, 0.1]));
    expect(threshold).toBeGreaterThan(0.3);
    expect(threshold).toBeLessThanOrEqual(0.5);
  });

  it('lies lower where the network is less sure', () => {
    const sure = chooseThreshold(cellsOf([100, 0.9], [100, 0.4], [1000, 0.01]));
    const unsure = chooseThreshold(cellsOf([100, 0.35], [200, 0.25], [1000, 0.01]));
    expect(unsure).toBeLessThan(sure);
    expect(unsure).toBeLessThan(0.26);
  });

  it('counts a note once that bridge and piano share', () => {
    const cells = cellsOf([100, 0.5]);
    expect(chooseThreshold({ piano: cells.piano, bridge: cells.piano })).toBe(0.5);
  });

  it('gives as many more notes as are asked for', () => {
    const cells = cellsOf(
      ...Array.from({ length: 80 }, (_, i): [number, number] => [3, 0.12 + i / 100]),
      [500, 0.02],
    );
    const count = (density: number) => {
      const threshold = chooseThreshold(cells, density);
      return cells.piano.filter((value) => value / 255 >= threshold - 0.003).length;
    };
    expect(count(-2) / count(0)).toBeCloseTo(2 ** (-2 / 3), 1);
    expect(count(1) / count(0)).toBeCloseTo(2 ** (1 / 3), 1);
  });

  it('leaves out even what is likelier than not where hands have no time for it', () => {
    const cells = cellsOf([50, 0.9], [50, 0.8], [50, 0.7], [50, 0.6]);
    const count = (most: number, taken: number[] = []) => {
      const isTaken = Uint8Array.from(cells.piano, (_, cell) => (taken.includes(cell) ? 1 : 0));
      const threshold = limitThreshold(cells, isTaken, most);
      return cells.piano.filter((value, cell) => isTaken[cell] === 0 && value / 255 >= threshold).length;
    };
    expect([count(1000), count(110), count(50), count(10)]).toEqual([200, 100, 50, 0]);
    expect(count(99, [0])).toBe(99);
  });

  it('counts the time that two hands have while the band plays, without what the melody takes', () => {
    const bars: Bar[] = [0, 192, 384].map((start) => ({ start, beats: 4, metreBeats: 4, unit: 'quarter' }));
    const grid = { bars, beatTimes: Array.from({ length: 13 }, (_, i) => i / 2), metres: [], end: 576 };
    const melody = new MelodyView([{ start: 0, end: 48, pitch: 72 }]);
    expect(countMost({ grid, plays: [true, false, true], melody }, 0)).toBeCloseTo(9 * 4 - 1);
    expect(countMost({ grid, plays: [true, false, true], melody }, -3)).toBeCloseTo(9 * 2 - 1);
  });

  it('has a value where nothing is likely', () => {
    expect(chooseThreshold(cellsOf([10, 0]))).toBe(0.5);
  });
});

describe('the threshold of chance', () => {
  const cells = cellsOf([20, 0.8], [40, 0.4], [400, 0.12], [2000, 0.05], [9000, 0.01]);
  const taken = new Uint8Array(cells.piano.length);
  /** Notes to be expected where logistic noise of that temperature is added to the log-odds. */
  const expected = (threshold: number, temperature: number) =>
    cells.piano.reduce((sum, value) => {
      const probability = value / 255;
      if (probability < 0.04) return sum;
      const odds = Math.log(probability / (1 - probability)) - Math.log(threshold / (1 - threshold));
      return sum + 1 / (1 + Math.exp(-odds / temperature));
    }, 0);

  it('leaves as many notes to be expected as there are without chance', () => {
    const warm = warmThreshold(cells, taken, 0.3, 0.75, 0.04);
    expect(expected(0.3, 0.75)).toBeGreaterThan(120);
    expect(expected(warm, 0.75)).toBeCloseTo(60, -1);
    expect(warm).toBeGreaterThan(0.3);
    expect(warmThreshold(cells, taken, 0.3, 0, 0.04)).toBe(0.3);
  });

  it('leaves none where there are none', () => {
    expect(expected(warmThreshold(cells, taken, 0.9, 0.75, 0.04), 0.75)).toBeLessThan(0.5);
  });
});
