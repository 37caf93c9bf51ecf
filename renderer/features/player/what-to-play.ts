import type { Performance, PlayerSettings } from '../../../main/contract/performance.ts';
import { barStart } from './bar-times.ts';
import type { PlayedNote } from './sound/messages.ts';

/** A song's bars and its length, as it was heard. */
export type HeardBars = Pick<Performance, 'seconds' | 'bars'>;

/** A take with the bars that hold now; without a take the bars alone; null where there is neither. */
export function joinTake(take: Performance | null, heard: HeardBars | null): Performance | null {
  const base = take ?? (heard && { ...heard, cents: 0, notes: [] });
  return base && { ...base, ...heard };
}

/** Notes so many semitones higher; those that MIDI has no number for are left out. */
export function raise(notes: Performance['notes'], semitones: number): PlayedNote[] {
  return notes
    .map((note) => ({ ...note, pitch: note.pitch + semitones }))
    .filter(({ pitch }) => pitch >= 0 && pitch < 128);
}

/** The loop in seconds; null where there is none, and where it lies beyond the bars, as one of another take may. */
export function loopOf({ bars }: Performance, { loop }: PlayerSettings): { from: number; to: number } | null {
  if (loop === null) return null;
  const [from, to] = [barStart(bars, loop.first), barStart(bars, loop.last + 1)];
  return to > from ? { from, to } : null;
}

/** Where playing begins from a place: inside the loop where there is one; at the beginning where the end was reached. */
export function startFrom(
  performance: Performance | null,
  settings: PlayerSettings,
  seconds: number,
): number {
  if (performance === null) return seconds;
  const loop = loopOf(performance, settings);
  if (loop !== null) return seconds < loop.from - 0.01 || seconds > loop.to - 0.01 ? loop.from : seconds;
  return seconds > performance.seconds - 0.1 ? 0 : seconds;
}
