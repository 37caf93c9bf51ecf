import type { StaffChord, StaffVoices } from './voices.ts';

/**
 * Puts notes that begin and end together in both voices on one stem: where a hand must let go, a bass note and what is
 * over it come to the same value, and a flag of its own for each would be read as two lines.
 */
export function shareStems([upper, lower]: StaffVoices): StaffVoices {
  const twins = new Map(lower.map((chord) => [`${chord.start} ${chord.end}`, chord]));
  const joined = new Set<StaffChord>();
  const shared = upper.map((chord) => {
    const twin = twins.get(`${chord.start} ${chord.end}`);
    if (!twin) return chord;
    joined.add(twin);
    return { ...chord, pitches: [...chord.pitches, ...twin.pitches].sort((a, b) => a - b) };
  });
  return [shared, lower.filter((chord) => !joined.has(chord))];
}
