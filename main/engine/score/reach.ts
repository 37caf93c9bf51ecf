import type { StaffNote } from './snap.ts';
import type { StaffChord, StaffVoices } from './voices.ts';

/**
 * Ends chords of which some notes were written longer than they sound (for plainer values, or to end with the others)
 * where the other voice begins something that the hand could not reach while it holds them, or strikes their key.
 *
 * @param notes of the staff, as they sound
 * @param span that the hand reaches, in semitones
 */
export function releaseOutOfReach(
  lines: readonly StaffChord[][],
  notes: readonly StaffNote[],
  span: number,
): StaffVoices {
  const ends = new Map(notes.map(({ start, pitch, end }) => [`${start} ${pitch}`, end]));
  const release = (own: readonly StaffChord[], others: readonly StaffChord[]): StaffChord[] => {
    let from = 0;
    return own.map((chord) => {
      while (from < others.length && others[from]!.start <= chord.start) from++;
      for (let at = from; at < others.length && others[at]!.start < chord.end; at++) {
        const other = others[at]!;
        if (other.pitches.some((pitch) => chord.pitches.includes(pitch)))
          return { ...chord, end: other.start };
        if (width([...chord.pitches, ...other.pitches]) <= span) continue;
        // What does sound on is held, however wide: the chord would be no easier to play for a shorter value.
        const held = chord.pitches.filter((pitch) => ends.get(`${chord.start} ${pitch}`)! > other.start);
        if (width([...held, ...other.pitches]) <= span) return { ...chord, end: other.start };
      }
      return chord;
    });
  };
  const [upper = [], lower = []] = lines;
  return [release(upper, lower), release(lower, upper)];
}

function width(pitches: readonly number[]): number {
  return Math.max(...pitches) - Math.min(...pitches);
}
