import { alterInKey, names, notesByTime } from './accidentals.ts';
import type { KeySignature, Voice, WrittenNote } from './score.ts';

interface Altered {
  octave: number;
  alter: number;
  /** Where it was last struck, in divisions from the start of its measure. */
  at: number;
}

/**
 * Reminds, in place, of what signature and bar line say already but a player may have forgotten: the first note on a
 * line that was altered less than a bar before, in the last measure, and a note whose letter was altered in another
 * octave of its measure (Gould, "Behind Bars", 2011, "Cautionary accidentals").
 *
 * @param measures one staff's voices by measure, their accidentals set
 */
export function addCourtesies(measures: readonly (readonly Voice[])[], keys: readonly KeySignature[]): void {
  let before = new Map<string, Altered>();
  measures.forEach((voices, measure) => {
    before = remindIn(voices, keys[measure]!, before);
  });
}

/** @returns what stays altered to the end of the measure, by line */
function remindIn(
  voices: readonly Voice[],
  key: KeySignature,
  before: ReadonlyMap<string, Altered>,
): Map<string, Altered> {
  const lines = new Map<string, Altered>();
  const letters = new Map<string, Altered>();
  const seen = new Set<string>();
  for (const { at, notes } of notesByTime(voices)) {
    for (const note of notes) {
      if (note.tieStop || seen.has(lineOf(note))) continue;
      seen.add(lineOf(note));
      const late = before.get(lineOf(note));
      const isLate = late !== undefined && late.alter !== note.alter && at <= late.at;
      const other = letters.get(note.step);
      const isOther = other !== undefined && other.octave !== note.octave && other.alter !== note.alter;
      if (note.accidental !== null || !(isLate || isOther)) continue;
      note.accidental = names[note.alter]!;
      note.courtesy = true;
    }
    for (const { step, octave, alter } of notes) {
      const line = `${step}${octave}`;
      if (alter === alterInKey(step, key)) {
        lines.delete(line);
        if (letters.get(step)?.octave === octave) letters.delete(step);
      } else {
        lines.set(line, { octave, alter, at });
        letters.set(step, { octave, alter, at });
      }
    }
  }
  return lines;
}

function lineOf({ step, octave }: WrittenNote): string {
  return `${step}${octave}`;
}
