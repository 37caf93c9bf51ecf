import { groupBy } from './group-by.ts';
import type { Voice } from './score.ts';

/**
 * Rolls, in place, what one hand strikes at once but cannot span: no note is dropped for being out of reach.
 *
 * @param voices of one staff in one measure
 * @param span that the hand reaches, in semitones
 */
export function rollWideChords(voices: readonly Voice[], span: number): void {
  const struck = voices
    .flatMap((voice) => voice.events)
    .filter((event) => event.kind === 'chord')
    .filter((chord) => chord.notes.some((note) => !note.tieStop));
  for (const group of groupBy(struck, (chord) => chord.at).values()) {
    const pitches = group.flatMap((chord) => chord.notes.map((note) => note.pitch));
    if (Math.max(...pitches) - Math.min(...pitches) <= span) continue;
    for (const chord of group) chord.arpeggio = true;
  }
}
