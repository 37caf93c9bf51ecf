import { expect, it } from 'vitest';
import { findBeatSteps } from '../../../main/engine/score/beat-steps.ts';
import { engrave } from '../../../main/engine/score/engrave.ts';
import { frameMeasures } from '../../../main/engine/score/measure-frames.ts';
import { endMelody } from '../../../main/engine/score/melody-line.ts';
import type { StaffNote } from '../../../main/engine/score/snap.ts';
import { separateVoices } from '../../../main/engine/score/voices.ts';
import { makeArrangement, makeBars, note } from './arrangements.ts';

const on = (start: number, end: number, pitch: number, role: StaffNote['role']): StaffNote => ({
  start,
  end,
  pitch,
  role,
});

it('keeps a melody in one voice where its notes overlap', () => {
  const notes = [note(0, 60, 68, 'melody'), note(48, 48, 69, 'melody'), note(96, 96, 71, 'melody')];
  const [measure] = engrave(makeArrangement({ notes })).parts[0]!.measures;
  const written = measure!.voices.filter(({ staff }) => staff === 1);
  expect(written).toHaveLength(1);
  expect(written[0]!.events.map(({ duration }) => duration)).toEqual([96, 96, 192]);
});

it('leaves what sounds with the melody, and melody notes that begin together', () => {
  const notes = [
    on(0, 192, 72, 'inner'),
    on(0, 60, 84, 'melody'),
    on(48, 192, 79, 'melody'),
    on(48, 192, 83, 'melody'),
  ];
  expect(endMelody(notes).map(({ end }) => end)).toEqual([192, 48, 192, 192]);
  const held = [on(0, 96, 72, 'melody'), on(48, 96, 79, 'melody')];
  expect(endMelody(held)).toEqual(held);
});

it('ends a melody note where an inner one begins before its last 16th is over, and not earlier', () => {
  const notes = [on(0, 36, 72, 'melody'), on(24, 48, 65, 'inner'), on(48, 96, 74, 'melody')];
  expect(endMelody(notes).map(({ end }) => end)).toEqual([24, 48, 96]);
  const held = [on(0, 48, 72, 'melody'), on(24, 48, 65, 'inner'), on(48, 54, 74, 'melody')];
  expect(endMelody(held)).toEqual(held);
  const short = [on(0, 18, 72, 'melody'), on(6, 48, 65, 'inner')];
  expect(endMelody(short)).toEqual(short);
});

it('has its stems up where an inner note sounds below it', () => {
  const frames = frameMeasures(makeBars([{ beats: 3, metreBeats: 4 }, { beats: 4 }]));
  const notes = [
    on(0, 132, 66, 'melody'),
    on(48, 72, 58, 'inner'),
    on(132, 156, 68, 'melody'),
    on(156, 180, 69, 'melody'),
    on(180, 216, 68, 'melody'),
  ];
  const [upper, lower] = separateVoices(notes, frames, true, findBeatSteps(notes, frames), 'arranged');
  expect(upper.flatMap(({ pitches }) => pitches)).toEqual([66, 68, 69, 68]);
  expect(lower.flatMap(({ pitches }) => pitches)).toEqual([58]);
});
