import type { ArrangedNote, Arrangement } from '../../contract/arrangement.ts';
import { pedalTake } from '../performance/pedalling.ts';
import { spreadChords } from '../performance/spread-chords.ts';
import { tickToSeconds } from '../score/time.ts';

/** One note as it sounds. */
export interface PlayedNote {
  /** Seconds of the recording. */
  start: number;
  /** Seconds of the recording; later than `start`. */
  end: number;
  /** MIDI note number. */
  pitch: number;
  /** 1-127. */
  velocity: number;
}

/** A key stays up this long before it is struck again: without it, a repeated note has no beginning. */
const REPEAT_GAP = 0.02;
/** However fast a note is repeated, it is held so long. */
const SHORTEST = 0.01;

/**
 * The take as a pianist plays it along with the recording: every note on the recording's own time, chords very slightly
 * broken towards it, and what the pedal holds sounding on; a melody on a staff of its own included. Sorted by start, then
 * pitch; no two notes of one pitch overlap.
 */
export function performTake(take: Arrangement): PlayedNote[] {
  const { notes, lead, beatTimes } = take;
  const early = spreadChords(notes);
  const held = holdByPedal(take);
  const play = ({ start, pitch, velocity }: ArrangedNote, index: number, end: number): PlayedNote => ({
    start: Math.max(0, tickToSeconds(beatTimes, start) - (early[index] ?? 0)),
    end: tickToSeconds(beatTimes, end),
    pitch,
    velocity,
  });
  const played = [
    ...notes.map((note, index) => play(note, index, held[index])),
    ...lead.map((note) => play(note, -1, note.start + note.duration)),
  ].filter(({ start, end }) => end > start);
  played.sort((a, b) => a.start - b.start || a.pitch - b.pitch || b.velocity - a.velocity);
  return liftBeforeRepeats(played);
}

/** Tick at which each of the piano's notes stops to sound: where a damper falls, not where a finger leaves the key. */
function holdByPedal(take: Arrangement): number[] {
  const strokes = pedalTake(take);
  return take.notes.map(({ start, duration }) => {
    const end = start + duration;
    let low = 0;
    let high = strokes.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (strokes[middle].up <= end) low = middle + 1;
      else high = middle;
    }
    const stroke = strokes[low];
    return stroke && stroke.down < end ? stroke.up : end;
  });
}

/** Lets go of each key in time for its next stroke; a second note on a key at the same time is the same stroke. */
function liftBeforeRepeats(played: readonly PlayedNote[]): PlayedNote[] {
  const last = new Map<number, PlayedNote>();
  const result: PlayedNote[] = [];
  for (const note of played) {
    const before = last.get(note.pitch);
    if (before && note.start - before.start < SHORTEST) {
      before.end = Math.max(before.end, note.end);
      continue;
    }
    if (before && before.end > note.start - REPEAT_GAP) {
      before.end = Math.max(before.start + SHORTEST, Math.min(before.end, note.start - REPEAT_GAP));
    }
    const own = { ...note };
    last.set(note.pitch, own);
    result.push(own);
  }
  return result;
}
