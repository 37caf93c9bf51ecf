import { expect, it } from 'vitest';
import { engrave } from '../../../main/engine/score/engrave.ts';
import { makeArrangement, note } from './arrangements.ts';

const events = (voice: number, notes: ReturnType<typeof note>[]) =>
  engrave(makeArrangement({ notes })).parts[0]!.measures[0]!.voices.find(({ number }) => number === voice)!
    .events;

/** Triplet eighths above on the second beat. */
const triplet = [48, 64, 80].map((at, place) => note(at, 16, 76 + place, 'melody'));

it('writes no triplet for a note that only ends inside a beat', () => {
  const held = events(2, [
    note(0, 192, 43, 'bass'),
    note(24, 40, 69),
    note(0, 48, 74, 'melody'),
    ...triplet,
    note(96, 96, 79, 'melody'),
  ]);
  expect(held.filter(({ kind }) => kind === 'rest')).toEqual([]);
  expect(held.every((event) => event.kind === 'gap' || event.tuplet === null)).toBe(true);
});

it('leaves triplets whose notes begin inside the beat as they are', () => {
  const line = events(1, [note(0, 48, 72, 'melody'), ...triplet, note(96, 96, 79, 'melody')]);
  expect(line.filter((event) => event.kind === 'chord' && event.tuplet !== null)).toHaveLength(3);
});
