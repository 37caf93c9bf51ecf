import { expect, it } from 'vitest';
import { shareStems } from '../../../main/engine/score/shared-stems.ts';

const chord = (start: number, end: number, ...pitches: number[]) => ({ start, end, pitches });

it('puts what begins and ends together in both voices on one stem', () => {
  const upper = [chord(0, 12, 51), chord(12, 24, 58), chord(24, 48, 63)];
  const lower = [chord(0, 12, 39), chord(24, 96, 46)];
  expect(shareStems([upper, lower])).toEqual([
    [chord(0, 12, 39, 51), chord(12, 24, 58), chord(24, 48, 63)],
    [chord(24, 96, 46)],
  ]);
});
