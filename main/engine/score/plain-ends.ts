import { TICKS_PER_BEAT } from '../../contract/grid.ts';
import { type MeasureFrame, measureAt } from './measure-frames.ts';
import type { StaffChord } from './voices.ts';

/** Ticks of a 16th. */
const SIXTEENTH = TICKS_PER_BEAT / 4;
const TRIPLET_16TH = TICKS_PER_BEAT / 6;

/** Plain places for what ends on triplet places of a quarter, by the tick in the beat. */
const plainEnds = new Map([
  [TRIPLET_16TH, SIXTEENTH],
  [2 * TRIPLET_16TH, 2 * SIXTEENTH],
  [4 * TRIPLET_16TH, TICKS_PER_BEAT],
  [5 * TRIPLET_16TH, TICKS_PER_BEAT],
]);

/**
 * Ends chords of a voice on plain places where nothing of the voice begins inside the beat: nobody wants to read a triplet
 * that is one note and rests.
 */
export function endPlainly(line: readonly StaffChord[], frames: readonly MeasureFrame[]): StaffChord[] {
  return line.map((chord, at) => {
    const beat = Math.floor(chord.end / TICKS_PER_BEAT) * TICKS_PER_BEAT;
    const plain = plainEnds.get(chord.end - beat);
    if (plain === undefined || chord.start > beat) return chord;
    if (frames[measureAt(frames, beat)]!.unit !== 'quarter') return chord;
    const next = line[at + 1]?.start ?? Number.POSITIVE_INFINITY;
    return next < beat + TICKS_PER_BEAT ? chord : { ...chord, end: beat + plain };
  });
}
