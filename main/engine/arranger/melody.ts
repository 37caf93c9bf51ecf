import type { MelodyNote } from '../../contract/analysis.ts';

/** A melody note on the grid. */
export interface SungNote {
  start: number;
  end: number;
  pitch: number;
}

/** A gap up to this long, half a beat, is breath: the note before is held over it. */
const BREATH_TICKS = 24;

/**
 * The melody as one line from 0 to `end`: a note ends where the next begins, short gaps are closed, notes that begin
 * after the end are left out, and of two that begin together on one key one is left.
 */
export function readMelody(notes: readonly MelodyNote[], end: number): SungNote[] {
  const sorted = notes
    .filter((note) => note.start < end)
    .toSorted((a, b) => a.start - b.start || a.pitch - b.pitch || b.duration - a.duration);
  const line: SungNote[] = [];
  for (const note of sorted) {
    const before = line.at(-1);
    if (before && before.start === note.start && before.pitch === note.pitch) continue;
    line.push({ start: note.start, end: Math.min(end, note.start + note.duration), pitch: note.pitch });
  }
  let next = end;
  let nextExists = false;
  // From the back; notes that begin together end together.
  for (let i = line.length - 1; i >= 0; i--) {
    const note = line[i];
    const together = line[i + 1]?.start === note.start;
    if (together) note.end = line[i + 1].end;
    else if (note.end > next || (nextExists && next - note.end <= BREATH_TICKS)) note.end = next;
    if (i > 0 && line[i - 1].start < note.start) {
      next = note.start;
      nextExists = true;
    }
  }
  return line;
}

/** Looks up the melody over stretches of time. Built once per song; look-ups are by binary search. */
export class MelodyView {
  readonly notes: readonly SungNote[];

  constructor(notes: readonly SungNote[]) {
    this.notes = notes;
  }

  /** Notes that sound somewhere in [from, to). */
  within(from: number, to: number): SungNote[] {
    const found: SungNote[] = [];
    // Notes are one line, so ends never fall: the first note that ends after `from` starts the stretch.
    let low = 0;
    let high = this.notes.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.notes[middle].end <= from) low = middle + 1;
      else high = middle;
    }
    for (let i = low; i < this.notes.length && this.notes[i].start < to; i++) found.push(this.notes[i]);
    return found;
  }

  /** Lowest and highest pitch that sounds in [from, to); null where the melody rests. */
  range(from: number, to: number): { low: number; high: number } | null {
    const found = this.within(from, to);
    if (found.length === 0) return null;
    let [low, high] = [found[0].pitch, found[0].pitch];
    for (const { pitch } of found) {
      low = Math.min(low, pitch);
      high = Math.max(high, pitch);
    }
    return { low, high };
  }
}
