import { expect, it } from 'vitest';
import type { Bar } from '../../../main/contract/arrangement.ts';
import { holdPosition } from '../../../main/engine/arranger/hold-position.ts';
import type { Layer, LayerNote } from '../../../main/engine/arranger/layers.ts';
import { MelodyView } from '../../../main/engine/arranger/melody.ts';

const bars: Bar[] = [0, 1, 2].map((bar) => ({ start: bar * 192, beats: 4, metreBeats: 4, unit: 'quarter' }));
const at = (layer: Layer, start: number, pitch: number): LayerNote => ({
  layer,
  start,
  end: start + 48,
  pitch,
  weight: 1,
});
const sing = (start: number, pitch: number) => ({ start, end: start + 48, pitch });
/** With a chord every half note; nothing but basses is asked of them. */
const hold = (notes: LayerNote[], sung: ReturnType<typeof sing>[], basses: number[] = [0]) => {
  const harmony = basses.map((bass, at) => ({
    start: at * 96,
    end: at * 96 + 96,
    heard: true,
    tones: [bass],
    bass,
  }));
  const song = { harmony, melody: new MelodyView(sung), grid: { bars, beatTimes: [], metres: [], end: 576 } };
  return holdPosition(notes, song).map(({ pitch }) => pitch);
};

it('puts the left hand where the basses make the smoothest line', () => {
  // B, C and D lie together from A2 on; from C3 on B would be a seventh away.
  const notes = [59, 36, 62, 40].map((pitch, i) => at(i % 2 ? 'lower' : 'bass', i * 48, pitch));
  expect(hold(notes, [], [11, 0, 2, 11])).toEqual([47, 48, 50, 52]);
});

it('keeps the left hand under a low melody', () => {
  const sung = [0, 48, 96].map((start) => sing(start, 50));
  const notes = [48, 55, 57].map((pitch, i) => at('bass', i * 48, pitch));
  for (const pitch of hold(notes, sung, [7, 9])) expect(pitch).toBeLessThan(50);
});

it('fills the right hand next to the melody of the bar, or of the last that had one', () => {
  const sung = [sing(0, 76)];
  const notes = [at('bass', 0, 48), at('upper', 96, 60), at('upper', 240, 55)];
  expect(hold(notes, sung)).toEqual([48, 72, 67]);
});

it('moves no melody', () => {
  const notes = [at('melody', 0, 91), at('melody', 48, 50), at('bass', 0, 40)];
  expect(hold(notes, []).slice(0, 2)).toEqual([91, 50]);
});
