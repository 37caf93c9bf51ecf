import { expect, it } from 'vitest';
import { dropTails } from '../../../main/engine/score/drop-tails.ts';
import { frameMeasures } from '../../../main/engine/score/measure-frames.ts';
import { makeBars } from './arrangements.ts';

const chord = (start: number, end: number) => ({ start, end, pitches: [60] });

it('ends on the beat what would be tied over it to a 16th before silence, and nothing else', () => {
  const frames = frameMeasures(makeBars([{ beats: 4 }]));
  const ends = (...line: [start: number, end: number][]) =>
    dropTails(
      line.map(([start, end]) => chord(start, end)),
      frames,
    ).map(({ end }) => end);
  expect(ends([24, 60], [84, 96])).toEqual([48, 96]);
  expect(ends([36, 60])).toEqual([48]);
  // The next note follows at once, an eighth is no tail, and a 16th on the beat has nowhere to go.
  expect(ends([24, 60], [60, 96])).toEqual([60, 96]);
  expect(ends([24, 72])).toEqual([72]);
  expect(ends([48, 60])).toEqual([60]);
});

it('knows that a 16th is shorter where the beat is a dotted quarter', () => {
  const frames = frameMeasures(makeBars([{ beats: 2, unit: 'dotted-quarter' }]));
  expect(dropTails([chord(32, 56)], frames)).toEqual([chord(32, 48)]);
  expect(dropTails([chord(32, 64)], frames)).toEqual([chord(32, 64)]);
});
