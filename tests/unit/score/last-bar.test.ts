import { expect, it } from 'vitest';
import { engrave } from '../../../main/engine/score/engrave.ts';
import { fillLastBar } from '../../../main/engine/score/last-bar.ts';
import { readPrint } from '../../../main/engine/score/reading.ts';
import { makeArrangement, makeBars, note } from './arrangements.ts';

const beatsOf = (...shapes: Parameters<typeof makeBars>[0]) =>
  fillLastBar(makeArrangement({ bars: makeBars(shapes) })).bars.map(({ beats }) => beats);

it('fills a bar that stops with the recording, up to what a pickup leaves of it', () => {
  expect(beatsOf({ beats: 4 }, { beats: 3, metreBeats: 4 })).toEqual([4, 4]);
  expect(beatsOf({ beats: 1, metreBeats: 4 }, { beats: 4 }, { beats: 2, metreBeats: 4 })).toEqual([1, 4, 3]);
  expect(beatsOf({ beats: 2, metreBeats: 4 }, { beats: 4 }, { beats: 3, metreBeats: 4 })).toEqual([2, 4, 4]);
  expect(beatsOf({ beats: 1, metreBeats: 4 }, { beats: 4 }, { beats: 4 })).toEqual([1, 4, 4]);
});

it('holds the last chord to the end of the bar, and leaves the bars of print alone', () => {
  const bars = makeBars([{ beats: 4 }, { beats: 3, metreBeats: 4 }]);
  const notes = [note(0, 192, 60, 'melody'), note(192, 48, 48, 'bass'), note(192, 144, 72, 'melody')];
  const take = makeArrangement({ bars, notes });
  const last = engrave(take).parts[0]!.measures[1]!;
  expect(last.length).toBe(4 * 96);
  expect(last.voices[0]!.events).toMatchObject([{ kind: 'chord', type: 'whole' }]);
  expect(engrave(take, undefined, readPrint(take)).parts[0]!.measures[1]!.length).toBe(3 * 96);
});
