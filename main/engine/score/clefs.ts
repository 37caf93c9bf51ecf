import { chordsOfStaff, meanLedgerLines } from './ledger-lines.ts';
import type { Clef, Part } from './score.ts';

/** Ledger lines a chord that another clef must save, on the mean of a whole measure, to be worth a change. */
const WORTH = 3;
/** It then stays for as long as it saves this much, and over empty measures in between. */
const STAYS = 1;

/**
 * Changes the clefs of a piano's staves, in place, where the other clef saves at least three ledger lines a chord for
 * at least a measure. Clefs change at bar lines only, and a measure that fits its staff keeps its clef.
 */
export function changeClefs({ measures, staves }: Part): void {
  if (staves < 2) return;
  for (const [staff, own] of [
    [1, 'treble'],
    [2, 'bass'],
  ] as const) {
    const other: Clef = own === 'treble' ? 'bass' : 'treble';
    const savings = measures.map(({ voices }) => {
      const chords = chordsOfStaff(voices, staff);
      if (chords.length === 0) return null;
      return meanLedgerLines(chords, own) - meanLedgerLines(chords, other);
    });
    const others = chooseMeasures(savings);
    measures.forEach((measure, at) => {
      // A piece begins with the clefs that everybody expects.
      const before = at > 0 && others[at - 1]!;
      if (others[at] !== before) measure.clefs.push({ staff, clef: others[at] ? other : own });
    });
  }
}

/** Measures that take the other clef. */
function chooseMeasures(savings: readonly (number | null)[]): boolean[] {
  const chosen = savings.map((saving) => saving !== null && saving >= WORTH);
  const spread = (from: number, to: number) => {
    if (!chosen[from] || chosen[to] || savings[to] === undefined) return;
    const saving = savings[to];
    if (saving !== null && saving >= STAYS) chosen[to] = true;
  };
  for (let at = 0; at < savings.length; at++) spread(at, at + 1);
  for (let at = savings.length - 1; at > 0; at--) spread(at, at - 1);
  // Rests between two passages in the other clef need no clef of their own.
  for (let from = 0; from < savings.length; from++) {
    if (savings[from] !== null || !chosen[from - 1]) continue;
    let to = from;
    while (savings[to] === null) to++;
    if (chosen[to]) chosen.fill(true, from, to);
  }
  chosen[0] = false;
  return chosen;
}
