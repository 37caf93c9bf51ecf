import type { StaffNote } from './snap.ts';

const OCTAVE = 12;

/**
 * Holds every bass note for as long as its octave that begins with it: one hand strikes them as one, the pedal holds
 * both, and values of their own would be read as two voices. A key that is struck again ends its note as before.
 *
 * @param notes sorted by start, then pitch
 */
export function holdOctaves(notes: readonly StaffNote[]): StaffNote[] {
  const struck = new Map<number, number>();
  const held: StaffNote[] = [];
  for (let at = notes.length - 1; at >= 0; at--) {
    const note = notes[at]!;
    held.push(note.role === 'bass' ? holdBass(note, octaveOver(notes, at), struck.get(note.pitch)) : note);
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

function holdBass(
  bass: StaffNote,
  octave: StaffNote | undefined,
  again = Number.POSITIVE_INFINITY,
): StaffNote {
  const end = Math.min(octave?.end ?? 0, again);
  return end > bass.end ? { ...bass, end } : bass;
}
