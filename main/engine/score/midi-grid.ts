import { TICKS_PER_BEAT, ticksPerQuarter } from '../../contract/grid.ts';
import { type MeasureFrame, measureAt } from './measure-frames.ts';
import { PPQ } from './midi-file.ts';

/** Where the beat grid stands in a MIDI file. */
export interface MidiGrid {
  /** MIDI tick of a tick of the beat grid. */
  toMidi(tick: number): number;
  /** MIDI ticks of a beat that starts at a tick of the grid. */
  beatLength(tick: number): number;
}

/**
 * Bars become bars: a beat is a quarter of the file or one and a half.
 *
 * @param lead MIDI ticks before the first bar
 */
export function layMidiGrid(frames: readonly MeasureFrame[], lead: number): MidiGrid {
  const starts: number[] = [];
  let at = lead;
  for (const frame of frames) {
    starts.push(at);
    at += (frame.end - frame.start) * midiPerTick(frame);
  }
  return {
    toMidi(tick) {
      const index = measureAt(frames, tick);
      const frame = frames[index]!;
      return starts[index]! + (tick - frame.start) * midiPerTick(frame);
    },
    beatLength(tick) {
      return TICKS_PER_BEAT * midiPerTick(frames[measureAt(frames, tick)]!);
    },
  };
}

function midiPerTick(frame: MeasureFrame): number {
  return PPQ / ticksPerQuarter(frame.unit);
}
