import { TICKS_PER_BEAT, ticksPerQuarter } from '../../contract/grid.ts';
import { findBeatSteps } from './beat-steps.ts';
import { type MeasureFrame, measureAt } from './measure-frames.ts';
import type { StaffChord, StaffVoices } from './voices.ts';

/**
 * Ends chords where the other hand strikes one of their keys: a key cannot be struck while it is held, and players that
 * read the score as MIDI lose the second stroke. What a chord that is cut short would ring on is the pedal's.
 */
export function releaseStruckKeys(
  staves: readonly StaffVoices[],
  frames: readonly MeasureFrame[],
): StaffVoices[] {
  const strokes = listStrokes(staves.flat(2));
  return staves.map((voices) => {
    const steps = findBeatSteps(voices.flat(), frames);
    const release = (chord: StaffChord): StaffChord => {
      const struck = firstStroke(chord, strokes);
      return struck < chord.end ? { ...chord, end: placeBefore(struck, chord, steps, frames) } : chord;
    };
    return [voices[0].map(release), voices[1].map(release)];
  });
}

/** Starts on every key, rising. */
function listStrokes(chords: readonly StaffChord[]): Map<number, number[]> {
  const strokes = new Map<number, number[]>();
  for (const { start, pitches } of chords.toSorted((a, b) => a.start - b.start)) {
    for (const pitch of pitches) {
      const list = strokes.get(pitch);
      if (list) list.push(start);
      else strokes.set(pitch, [start]);
    }
  }
  return strokes;
}

/** When the first of a chord's keys is struck again. */
function firstStroke({ start, end, pitches }: StaffChord, strokes: ReadonlyMap<number, number[]>): number {
  let first = end;
  for (const pitch of pitches) {
    const next = firstAfter(strokes.get(pitch)!, start);
    if (next < first) first = next;
  }
  return first;
}

function firstAfter(rising: readonly number[], tick: number): number {
  let low = 0;
  let high = rising.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (rising[middle]! <= tick) low = middle + 1;
    else high = middle;
  }
  return rising[low] ?? Number.POSITIVE_INFINITY;
}

/** The last place up to a tick that is read plainly beside what the staff has in the beat; the chord's end where there is none. */
function placeBefore(
  tick: number,
  { start, end }: StaffChord,
  steps: ReadonlyMap<number, number>,
  frames: readonly MeasureFrame[],
): number {
  const beat = Math.floor(tick / TICKS_PER_BEAT);
  const divided = steps.get(beat);
  const step = divided ?? ticksPerQuarter(frames[measureAt(frames, tick)]!.unit) / 4;
  const place = tick - ((tick - beat * TICKS_PER_BEAT) % step);
  if (place > start) return place;
  return divided === undefined ? tick : end;
}
