import { chordsOfStaff, diatonic, ledgerLines } from './ledger-lines.ts';
import type { ChordEvent, Part } from './score.ts';

/** Ledger lines that every chord needs, on the mean of the measure, before the staff is read an octave away. */
const WORTH = 3.5;
/** Measures for which that must go on: a line over a bar or less is more trouble than ledger lines. */
const SUSTAINED = 2;
/** The lowest note of a passage under the line must stay on the treble staff, the highest above it on the bass. */
const LOWEST = diatonic({ step: 'E', octave: 5 });
const HIGHEST = diatonic({ step: 'A', octave: 2 });

const sides = [
  { staff: 1, side: 'above', clef: 'treble', sign: 1 },
  { staff: 2, side: 'below', clef: 'bass', sign: -1 },
] as const;

/** Sets octave lines, in place, over (under) passages of a piano that lie far above (below) their staff. */
export function setOctaveLines({ measures, staves }: Part): void {
  if (staves < 2) return;
  for (const { staff, side, clef, sign } of sides) {
    const hasOwnClef = clefHolds(measures, staff);
    const far = measures.map(({ voices }, at) => {
      const chords = chordsOfStaff(voices, staff);
      return hasOwnClef[at]! && chords.length > 0 && isFar(chords, clef, sign) && !tiesOut(chords);
    });
    for (let from = 0; from < far.length; from++) {
      if (!far[from]) continue;
      let to = from;
      while (far[to]) to++;
      if (to - from >= SUSTAINED) {
        const first = chordsOfStaff(measures[from]!.voices, staff);
        const last = chordsOfStaff(measures[to - 1]!.voices, staff);
        const at = Math.min(...first.map((chord) => chord.at));
        const end = Math.max(...last.map((chord) => chord.at + chord.duration));
        measures[from]!.directions.push({ at, staff, mark: { kind: 'octave', action: 'start', side } });
        measures[to - 1]!.directions.push({ at: end, staff, mark: { kind: 'octave', action: 'stop', side } });
      }
      from = to;
    }
  }
}

/** Whether the staff has its usual clef, by measure. */
function clefHolds(measures: Part['measures'], staff: number): boolean[] {
  let changed = false;
  return measures.map(({ clefs }) => {
    if (clefs.some((change) => change.staff === staff)) changed = !changed;
    return !changed;
  });
}

function isFar(chords: readonly ChordEvent[], clef: 'treble' | 'bass', sign: 1 | -1): boolean {
  let sum = 0;
  for (const { notes } of chords) {
    const places = notes.map(diatonic);
    if (sign > 0 ? Math.min(...places) < LOWEST : Math.max(...places) > HIGHEST) return false;
    sum += Math.max(...notes.map((note) => sign * ledgerLines(note, clef)));
  }
  return sum / chords.length >= WORTH;
}

/** A tie cannot lead out of the line: its ends would stand an octave apart. */
function tiesOut(chords: readonly ChordEvent[]): boolean {
  const end = Math.max(...chords.map((chord) => chord.at + chord.duration));
  return chords.some(
    (chord) =>
      chord.notes.some((note) => note.tieStop && chord.at === 0) ||
      (chord.at + chord.duration === end && chord.notes.some((note) => note.tieStart)),
  );
}
