import { type BeatUnit, TICKS_PER_BEAT } from '../../contract/grid.ts';
import { type MeasureFrame, measureAt } from './measure-frames.ts';
import type { StaffChord } from './voices.ts';

/** Written eighth in ticks. */
const eighth: Record<BeatUnit, number> = { quarter: 24, 'dotted-quarter': 16 };
const TRIPLET_EIGHTH = 16;
/** Starts that need no triplet lie on 32nds. */
const THIRTY_SECOND = 6;

/**
 * Chooses where the chords of one voice end, so that values are few and plain: a chord ends on an eighth (a triplet
 * eighth inside a beat of triplets), and reaches the next chord where less than an eighth would be left between them.
 * No chord reaches past the next one or the end of the song.
 */
export function chooseEnds(chords: readonly StaffChord[], frames: readonly MeasureFrame[]): StaffChord[] {
  const tripletBeats = findTripletBeats(chords, frames);
  const songEnd = frames[frames.length - 1]!.end;
  return chords.map((chord, at) => {
    const limit = chords[at + 1]?.start ?? songEnd;
    const wanted = Math.min(Math.max(chord.end, chord.start + 1), limit);
    const beat = Math.ceil(wanted / TICKS_PER_BEAT) - 1;
    const unit = frames[measureAt(frames, beat * TICKS_PER_BEAT)]!.unit;
    const grid = tripletBeats.has(beat) ? TRIPLET_EIGHTH : eighth[unit];
    const inBeat = wanted - beat * TICKS_PER_BEAT;
    const end = Math.min(beat * TICKS_PER_BEAT + Math.ceil(inBeat / grid) * grid, limit);
    return { ...chord, end: limit - end < eighth[unit] ? limit : end };
  });
}

/** Beats of a quarter that hold a start off the 32nds and no start on the half beat: triplets through the beat. */
function findTripletBeats(chords: readonly StaffChord[], frames: readonly MeasureFrame[]): Set<number> {
  const triplets = new Set<number>();
  const halves = new Set<number>();
  for (const { start } of chords) {
    const beat = Math.floor(start / TICKS_PER_BEAT);
    if (frames[measureAt(frames, start)]!.unit !== 'quarter') continue;
    const inBeat = start - beat * TICKS_PER_BEAT;
    if (inBeat % THIRTY_SECOND !== 0) triplets.add(beat);
    if (inBeat === TICKS_PER_BEAT / 2 || (inBeat % THIRTY_SECOND === 0 && inBeat % 8 !== 0)) halves.add(beat);
  }
  for (const beat of halves) triplets.delete(beat);
  return triplets;
}
