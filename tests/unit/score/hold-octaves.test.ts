import { expect, it } from 'vitest';
import { engrave } from '../../../main/engine/score/engrave.ts';
import { holdOctaves } from '../../../main/engine/score/hold-octaves.ts';
import type { StaffNote } from '../../../main/engine/score/snap.ts';
import { makeArrangement, note } from './arrangements.ts';

const on = (start: number, end: number, pitch: number, role: StaffNote['role']): StaffNote => ({
  start,
  end,
  pitch,
  role,
});

it('holds a bass note as long as its octave, but not into its next stroke', () => {
  const notes = [
    on(0, 24, 34, 'bass'),
    on(0, 96, 46, 'inner'),
    on(96, 120, 34, 'bass'),
    on(96, 192, 46, 'inner'),
    on(144, 192, 34, 'bass'),
  ];
  expect(holdOctaves(notes, 16).map(({ end }) => end)).toEqual([96, 96, 144, 192, 192]);
  const others = [on(0, 24, 34, 'bass'), on(0, 96, 41, 'inner'), on(24, 96, 46, 'inner')];
  expect(holdOctaves(others, 16)).toEqual(others);
});

it('lets go of a bass note where the hand goes out of its reach', () => {
  const notes = [on(0, 24, 34, 'bass'), on(0, 96, 46, 'inner'), on(48, 96, 53, 'inner')];
  expect(holdOctaves(notes, 16).map(({ end }) => end)).toEqual([48, 96, 96]);
});

it('writes a bass octave as one chord where the arranger lets its lower key go first', () => {
  const notes = [
    note(0, 48, 34, 'bass'),
    note(0, 96, 46),
    note(96, 24, 46, 'bass'),
    note(120, 72, 53),
    note(0, 192, 70, 'melody'),
  ];
  const { voices } = engrave(makeArrangement({ notes })).parts[0]!.measures[0]!;
  const left = voices.filter(({ staff }) => staff === 2);
  expect(left).toHaveLength(1);
  expect(left[0]!.events[0]).toMatchObject({ type: 'half', notes: [{ pitch: 34 }, { pitch: 46 }] });
});
