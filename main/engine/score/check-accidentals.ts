import type { Report } from './check-score.ts';
import type { ReadItem, ReadMeasure } from './musicxml-content.ts';

const alterOf: Record<string, number> = {
  'flat-flat': -2,
  flat: -1,
  natural: 0,
  sharp: 1,
  'double-sharp': 2,
};
const sharps = 'FCGDAEB';

/**
 * Reads accidentals as a player does: signature first, then whatever the measure has printed on the same line of the
 * same staff. The pitch read must be the pitch written.
 */
export function checkAccidentals(measures: readonly ReadMeasure[], report: Report): void {
  for (const measure of measures) {
    const printed = new Map<string, number>();
    const notes = measure.items.filter((item) => item.kind === 'note' && item.pitch !== null);
    for (const item of notes.sort((a, b) => a.at - b.at)) {
      const { step, octave, alter } = item.pitch!;
      const line = `${item.staff} ${step}${octave}`;
      if (item.accidental !== null) {
        const shown = alterOf[item.accidental];
        if (shown !== alter)
          report('accidental', measure.number, mismatch(item, `prints ${item.accidental}`), item.staff);
        printed.set(line, shown ?? 0);
      } else if (!item.tieStop) {
        const read = printed.get(line) ?? signatureAlter(step, measure.fifths);
        if (read !== alter)
          report('accidental', measure.number, mismatch(item, `reads as ${read}`), item.staff);
      }
    }
  }
}

function signatureAlter(step: string, fifths: number): number {
  const order = sharps.indexOf(step);
  if (fifths > 0) return order < fifths ? 1 : 0;
  return 6 - order < -fifths ? -1 : 0;
}

function mismatch({ pitch, at }: ReadItem, what: string): string {
  return `${pitch!.step}${pitch!.octave} at ${at} is altered by ${pitch!.alter} but ${what}.`;
}
