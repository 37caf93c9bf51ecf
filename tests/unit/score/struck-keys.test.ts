import { expect, it } from 'vitest';
import { engrave } from '../../../main/engine/score/engrave.ts';
import { frameMeasures } from '../../../main/engine/score/measure-frames.ts';
import { releaseStruckKeys } from '../../../main/engine/score/struck-keys.ts';
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
