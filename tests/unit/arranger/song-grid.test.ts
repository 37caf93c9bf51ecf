import { describe, expect, it } from 'vitest';
import type { Analysis, Metre } from '../../../main/contract/analysis.ts';
import type { SongleafError } from '../../../main/contract/errors.ts';
import { barIndexAt, layOutBars } from '../../../main/engine/arranger/song-grid.ts';
import { readMaterial } from './support/fixtures.ts';

function withBeats(positions: number[], metres: Partial<Metre>[] = [{}], seconds = 0.5): Analysis {
  return {
    ...readMaterial('pop909-004').analysis,
    beats: positions.map((position, i) => ({ time: 1 + i * seconds, position, confidence: 1 })),
    metres: metres.map((metre) => ({
      start: 0,
      beats: 4,
      unit: 'quarter' as const,
      confidence: 0.8,
      ...metre,
    })),
  };
}

describe('layOutBars', () => {
  it('makes a shorter first bar of a pickup', () => {
    const { bars } = layOutBars(withBeats([4, 1, 2, 3, 4, 1, 2, 3, 4]));
    expect(bars.map(({ start, beats, metreBeats }) => [start, beats, metreBeats])).toEqual([
      [0, 1, 4],
      [48, 4, 4],
      [240, 4, 4],
    ]);
  });

  it('leaves the last bar as long as its beats and keeps its time signature', () => {
    const { bars, metres, end } = layOutBars(withBeats([1, 2, 3, 4, 1, 2]));
    expect(bars.at(-1)).toEqual({ start: 192, beats: 2, metreBeats: 4, unit: 'quarter' });
    expect(metres).toHaveLength(1);
    expect(end).toBe(288);
  });

  it('follows changes of metre and of the beat unit', () => {
    const { bars, metres } = layOutBars(
      withBeats(
        [1, 2, 3, 4, 1, 2, 3, 1, 2, 1, 2],
        [{}, { start: 192, beats: 3 }, { start: 336, beats: 2, unit: 'dotted-quarter' }],
      ),
    );
    expect(bars.map(({ beats, unit }) => [beats, unit])).toEqual([
      [4, 'quarter'],
      [3, 'quarter'],
      [2, 'dotted-quarter'],
      [2, 'dotted-quarter'],
    ]);
    expect(metres.map(({ start, beats, unit }) => [start, beats, unit])).toEqual([
      [0, 4, 'quarter'],
      [192, 3, 'quarter'],
      [336, 2, 'dotted-quarter'],
    ]);
  });

  it('writes a bar of other length in the middle as a change of time signature for that bar', () => {
    const { bars, metres } = layOutBars(withBeats([1, 2, 3, 4, 1, 2, 1, 2, 3, 4]));
    expect(bars[1]).toMatchObject({ beats: 2, metreBeats: 2 });
    expect(metres.map(({ start, beats }) => [start, beats])).toEqual([
      [0, 4],
      [192, 2],
      [288, 4],
    ]);
  });

  it('starts a bar where the count falls back without a downbeat', () => {
    const { bars } = layOutBars(withBeats([1, 2, 3, 4, 2, 3, 4, 1, 2, 3, 4]));
    expect(bars.map((bar) => bar.beats)).toEqual([4, 3, 4]);
  });

  it('times one beat more than there are, by the last interval', () => {
    expect(layOutBars(withBeats([1, 2, 3])).beatTimes).toEqual([1, 1.5, 2, 2.5]);
    const single = layOutBars({ ...withBeats([1]), tempo: { bpm: 120, confidence: 1 } });
    expect(single.beatTimes).toEqual([1, 1.5]);
  });

  it('refuses an analysis without beats, or with beats out of order, by code', () => {
    const codeOf = (analysis: Analysis) => {
      try {
        layOutBars(analysis);
      } catch (error) {
        return (error as SongleafError).code;
      }
      return null;
    };
    expect(codeOf(withBeats([]))).toBe('analysis-invalid');
    expect(codeOf(withBeats([1, 2], undefined, -0.2))).toBe('analysis-invalid');
    expect(codeOf(withBeats([1, 2]))).toBeNull();
  });
});

describe('barIndexAt', () => {
  it('finds the bar of every tick', () => {
    const { bars } = layOutBars(withBeats([4, 1, 2, 3, 4, 1]));
    expect([0, 47, 48, 239, 240, 10_000].map((tick) => barIndexAt(bars, tick))).toEqual([0, 0, 1, 1, 2, 2]);
  });
});
