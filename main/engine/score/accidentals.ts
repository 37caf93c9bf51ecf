import { groupBy } from './group-by.ts';
import type { Accidental, KeySignature, Voice, WrittenNote } from './score.ts';

/** Letters in the order in which sharps are added to a signature; flats are added from the other end. */
const order = ['F', 'C', 'G', 'D', 'A', 'E', 'B'];
export const names: Record<number, Accidental> = {
  [-2]: 'flat-flat',
  [-1]: 'flat',
  0: 'natural',
  1: 'sharp',
  2: 'double-sharp',
};

/** Alteration that a signature gives to a letter. */
export function alterInKey(step: string, { fifths }: KeySignature): number {
  const place = order.indexOf(step);
  if (place < fifths) return 1;
  return place > 6 + fifths ? -1 : 0;
}

/**
 * Decides which accidentals one staff prints in one measure: those that neither the signature nor an earlier note of
 * the measure, in the same octave, has set. A note tied over the bar line keeps its pitch without one and sets nothing
 * for later notes. Where a letter sounds in two alterations at once both are printed.
 */
export function printAccidentals(voices: readonly Voice[], key: KeySignature): void {
  const state = new Map<string, number>();
  for (const { notes } of notesByTime(voices)) {
    const altersOf = new Map<string, Set<number>>();
    for (const note of notes) {
      const line = lineOf(note);
      altersOf.set(line, (altersOf.get(line) ?? new Set()).add(note.alter));
    }
    for (const note of notes) {
      const line = lineOf(note);
      const current = state.get(line) ?? alterInKey(note.step, key);
      if (note.tieStop) continue;
      if (current !== note.alter || altersOf.get(line)!.size > 1) note.accidental = names[note.alter]!;
    }
    for (const note of notes) {
      const isClear = altersOf.get(lineOf(note))!.size === 1;
      // After two alterations at once the next note on the line says which it is.
      if (!note.tieStop) state.set(lineOf(note), isClear ? note.alter : Number.NaN);
    }
  }
}

function lineOf(note: WrittenNote): string {
  return `${note.step}${note.octave}`;
}

/** Notes of a staff's measure that begin together, in the order of time. */
export function notesByTime(voices: readonly Voice[]): { at: number; notes: WrittenNote[] }[] {
  const chords = voices.flatMap((voice) => voice.events).filter((event) => event.kind === 'chord');
  const byTime = [...groupBy(chords, (chord) => chord.at)].sort(([a], [b]) => a - b);
  return byTime.map(([at, group]) => ({ at, notes: group.flatMap((chord) => chord.notes) }));
}
