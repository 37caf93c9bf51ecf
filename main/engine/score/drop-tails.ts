import { TICKS_PER_BEAT, ticksPerQuarter } from '../../contract/grid.ts';
import { type MeasureFrame, measureAt } from './measure-frames.ts';
import type { StaffChord } from './voices.ts';

/**
 * Ends chords of a take's voice on the beat where they would be tied over it to a 16th or less with silence behind: the
 * pedal holds what is left, and a reader is spared a tie and a rest.
 */
export function dropTails(line: readonly StaffChord[], frames: readonly MeasureFrame[]): StaffChord[] {
  return line.map((chord, at) => {
    const tail = chord.end % TICKS_PER_BEAT;
    const beat = chord.end - tail;
    if (tail === 0 || chord.start >= beat) return chord;
    const sixteenth = ticksPerQuarter(frames[measureAt(frames, beat)]!.unit) / 4;
    const next = line[at + 1]?.start ?? Number.POSITIVE_INFINITY;
    return tail <= sixteenth && next > chord.end ? { ...chord, end: beat } : chord;
  });
}
