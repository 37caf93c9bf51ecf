import type { StaffNote } from './snap.ts';

const OCTAVE = 12;

/**
 * Holds every bass note for as long as its octave that begins with it: one hand strikes them as one, the pedal holds
 * both, and values of their own would be read as two voices. A key that is struck again ends its note as before, and so
 * does what the hand goes up to and cannot reach from there.
 *
 * @param notes of the hand, sorted by start, then pitch
 * @param span that the hand reaches, in semitones
 */
export function holdOctaves(notes: readonly StaffNote[], span: number): StaffNote[] {
  const struck = new Map<number, number>();
  const held: StaffNote[] = [];
  for (let at = notes.length - 1; at >= 0; at--) {
    const note = notes[at]!;
    const octave = note.role === 'bass' ? octaveOver(notes, at) : undefined;
    held.push(
      octave ? holdBass(note, reachedUntil(notes, at, octave.end, span), struck.get(note.pitch)) : note,
    );
    struck.set(note.pitch, note.start);
  }
  return held.reverse();
}

/** The note that begins with the one at this index, an octave higher. */
function octaveOver(notes: readonly StaffNote[], index: number): StaffNote | undefined {
  const { start, pitch } = notes[index]!;
  for (let at = index + 1; notes[at]?.start === start; at++) {
    if (notes[at]!.pitch === pitch + OCTAVE) return notes[at];
  }
  return undefined;
}

/** Up to where the hand can hold a note beside what it strikes later, at most to `end`. */
function reachedUntil(notes: readonly StaffNote[], index: number, end: number, span: number): number {
  const { pitch } = notes[index]!;
  for (let at = index + 1; at < notes.length && notes[at]!.start < end; at++) {
    if (Math.abs(notes[at]!.pitch - pitch) > span) return notes[at]!.start;
  }
  return end;
}

function holdBass(bass: StaffNote, reached: number, again = Number.POSITIVE_INFINITY): StaffNote {
  const end = Math.min(reached, again);
  return end > bass.end ? { ...bass, end } : bass;
}
