import { expect, it } from 'vitest';
import { balance } from '../../../../renderer/features/player/balance.ts';

const decibels = (factor: number) => 20 * Math.log10(factor);

it('makes both equally loud in the middle and fades one towards an end', () => {
  const levels = { record: -9, piano: -33 };
  const middle = balance(levels, 0.5, false);
  expect(levels.record + decibels(middle.record)).toBeCloseTo(levels.piano + decibels(middle.piano), 6);
  expect(balance(levels, 0, false)).toMatchObject({ record: middle.record, piano: 0 });
  expect(balance(levels, 1, false)).toMatchObject({ record: 0, piano: middle.piano });
  expect(balance(levels, 0.75, false).piano).toBe(middle.piano);
  expect(balance(levels, 0.75, false).record).toBeCloseTo(middle.record / 2, 9);
});

it('never raises a recording over full scale, and has a click only where one is wanted', () => {
  expect(balance({ record: -40, piano: -30 }, 0.5, false).record).toBe(1);
  expect(balance(null, 0.5, true).click).toBeGreaterThan(0);
  expect(balance(null, 0.5, false).click).toBe(0);
});
