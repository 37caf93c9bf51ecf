import type { Key } from '../../../contract/analysis.ts';
import type { Bar } from '../../../contract/arrangement.ts';

/** A note that is known by its key and its time on the beat grid alone (`contract/grid.ts`). */
export interface GridNote {
  start: number;
  duration: number;
  pitch: number;
  /** 1-127. */
  velocity: number;
}

/** Music for two hands as a file gives it: bars and notes; nothing of how it was or will be written. */
export interface GridMusic {
  title: string;
  composer: string;
  /** Beats per minute, of the first bar's unit. */
  bpm: number;
  /** Null where the file does not say where bars are. */
  bars: Bar[] | null;
  /** Empty where the file does not say. */
  keys: Key[];
  /** Sorted by start, then pitch; no key sounds twice at once. */
  notes: GridNote[];
}

/** Sorts notes and lets each key sound once at a time: of notes that begin together the longest stays. */
export function tidyNotes(notes: readonly GridNote[]): GridNote[] {
  const sorted = [...notes].sort((a, b) => a.start - b.start || a.pitch - b.pitch || b.duration - a.duration);
  const onKey = new Map<number, GridNote>();
  const kept: GridNote[] = [];
  for (const note of sorted) {
    const before = onKey.get(note.pitch);
    if (before?.start === note.start) continue;
    if (before) before.duration = Math.min(before.duration, note.start - before.start);
    const copy = { ...note };
    onKey.set(note.pitch, copy);
    kept.push(copy);
  }
  return kept;
}
