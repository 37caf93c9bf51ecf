import { expect, it } from 'vitest';
import { findBeatSteps } from '../../../main/engine/score/beat-steps.ts';
import { engrave } from '../../../main/engine/score/engrave.ts';
import { frameMeasures } from '../../../main/engine/score/measure-frames.ts';
import { snapNotes } from '../../../main/engine/score/snap.ts';
import { releaseStruckKeys } from '../../../main/engine/score/struck-keys.ts';
import { separateVoices } from '../../../main/engine/score/voices.ts';
import { makeArrangement, makeBars, note } from './arrangements.ts';
import { notesOfPart, QUARTER } from './written-notes.ts';

const frames = frameMeasures(makeBars([{ beats: 4 }]));

it('ends a chord of one hand where the other strikes one of its keys, on a plain place', () => {
  const left = { start: 0, end: 192, pitches: [45, 57] };
  const ends = [48, 60, 64].map((start) => {
    const right = { start, end: 192, pitches: [57, 64] };
    const [, released] = releaseStruckKeys(
      [
        [[right], []],
        [[left], []],
      ],
      frames,
    );
    return released![0][0]!.end;
  });
  // A triplet of the right hand is none of the left's: it lets go on the 16th before.
  expect(ends).toEqual([48, 60, 60]);
});

it('holds no key in one hand while the other strikes it', () => {
  const notes = [
    note(0, 44, 45, 'bass'),
    note(0, 44, 57),
    note(0, 36, 72, 'melody'),
    note(36, 60, 57, 'melody'),
    note(96, 96, 45, 'bass'),
    note(96, 96, 72, 'melody'),
  ];
  const written = notesOfPart(engrave(makeArrangement({ notes })).parts[0]!)
    .filter(({ pitch }) => pitch === 57)
    .sort((a, b) => a.onset - b.onset);
  expect(written.map(({ onset }) => onset)).toEqual([0, 0.75 * QUARTER]);
  expect(written[0]!.duration).toBeLessThanOrEqual(0.75 * QUARTER);
});

it('writes no value over the next stroke of its key in the same hand', () => {
  const notes = snapNotes([note(0, 48, 39, 'bass'), note(120, 35, 51), note(156, 12, 51)], frames);
  const lines = separateVoices(notes, frames, true, findBeatSteps(notes, frames), 'arranged');
  const first = lines.flat().find(({ start }) => start === 120)!;
  expect(first.end).toBeLessThanOrEqual(156);
});
