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
const hold = (notes: LayerNote[], sung: { start: number; end: number; pitch: number }[]) =>
  holdPosition(notes, new MelodyView(sung), { bars }).map(({ pitch }) => pitch);

it('puts the left hand into the octave in which most of it lies', () => {
  const notes = [48, 52, 55, 50, 36, 59].map((pitch, i) => at(i % 2 ? 'lower' : 'bass', i * 48, pitch));
  expect(hold(notes, [])).toEqual([48, 52, 55, 50, 48, 59]);
});

it('keeps the left hand under a low melody', () => {
  const sung = [0, 48, 96].map((start) => ({ start, end: start + 48, pitch: 53 }));
  const notes = [48, 55, 57].map((pitch, i) => at('lower', i * 48, pitch));
  for (const pitch of hold(notes, sung)) expect(pitch).toBeLessThan(53);
});

it('fills the right hand next to the melody of the bar, or of the last that had one', () => {
  const sung = [{ start: 0, end: 48, pitch: 76 }];
  const notes = [at('bass', 0, 48), at('upper', 96, 60), at('upper', 240, 55)];
  expect(hold(notes, sung)).toEqual([48, 72, 67]);
});

it('moves no melody', () => {
  const notes = [at('melody', 0, 91), at('melody', 48, 50), at('bass', 0, 40)];
  expect(hold(notes, []).slice(0, 2)).toEqual([91, 50]);
});
