import { alterInKey, names, notesByTime } from './accidentals.ts';
import type { KeySignature, Voice } from './score.ts';

/**
 * Reminds, in place, of what signature and bar line say already but a player may have forgotten: the first note on a
 * line that was altered in the measure before, and a note whose letter was altered in another octave of its measure
 * (Gould, "Behind Bars", 2011, "Cautionary accidentals").
 *
 * @param measures one staff's voices by measure, their accidentals set
 */
export function addCourtesies(measures: readonly (readonly Voice[])[], keys: readonly KeySignature[]): void {
  /** Alterations that the measure before had beside its signature, by line. */
  let before = new Map<string, number>();
  measures.forEach((voices, measure) => {
    const key = keys[measure]!;
    const altered = new Map<string, number>();
    /** Letters altered at an earlier place of the measure, with their octave. */
    const letters = new Map<string, { octave: number; alter: number }>();
    const seen = new Set<string>();
    for (const notes of notesByTime(voices)) {
      for (const note of notes) {
        const line = `${note.step}${note.octave}`;
        if (!note.tieStop && !seen.has(line)) {
          const other = letters.get(note.step);
          const isOther = other !== undefined && other.octave !== note.octave && other.alter !== note.alter;
          const isLate = before.has(line) && before.get(line) !== note.alter;
          if (note.accidental === null && (isLate || isOther)) {
            note.accidental = names[note.alter]!;
            note.courtesy = true;
          }
          seen.add(line);
        }
      }
      for (const { step, octave, alter } of notes) {
        const line = `${step}${octave}`;
        if (alter === alterInKey(step, key)) {
          altered.delete(line);
          if (letters.get(step)?.octave === octave) letters.delete(step);
        } else {
          altered.set(line, alter);
          letters.set(step, { octave, alter });
        }
      }
    }
    before = altered;
  });
}
