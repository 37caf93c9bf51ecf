import { type CheckOptions, EPSILON, type Report } from './check-score.ts';
import type { ReadItem, ReadMeasure } from './musicxml-content.ts';

/** What two hands at one piano can do: one staff is one hand. Parts of one staff are not for hands. */
export function checkHands(measures: readonly ReadMeasure[], { span }: CheckOptions, report: Report): void {
  if (!measures.some((measure) => measure.items.some((item) => item.staff === 2))) return;
  for (const { items, number } of measures) {
    const notes = items.filter(
      (item) => item.kind === 'note' && item.pitch !== null && !item.grace && !item.cue,
    );
    for (const at of new Set(notes.map((item) => item.at))) {
      const sounding = notes.filter(
        (item) => item.at <= at + EPSILON && item.at + item.duration > at + EPSILON,
      );
      const struck = sounding.filter((item) => Math.abs(item.at - at) < EPSILON && !item.tieStop);
      checkUnison(struck, number, report);
      if (span !== undefined) checkSpan(sounding, span, number, report);
    }
  }
}

/** A key that one hand holds may be struck by the other, as between voices; both cannot strike it. */
function checkUnison(struck: readonly ReadItem[], number: string, report: Report): void {
  const upper = new Set(struck.filter((item) => item.staff === 1).map((item) => item.pitch!.midi));
  for (const item of struck) {
    if (item.staff === 2 && upper.has(item.pitch!.midi)) {
      report('unison', number, `Both hands strike key ${item.pitch!.midi}.`, 2);
    }
  }
}

function checkSpan(sounding: readonly ReadItem[], span: number, number: string, report: Report): void {
  for (const staff of [1, 2]) {
    const own = sounding.filter((item) => item.staff === staff);
    // Of a rolled chord the hand holds what it can.
    if (own.some((item) => item.rolled)) continue;
    const pitches = own.map((item) => item.pitch!.midi);
    const width = Math.max(...pitches) - Math.min(...pitches);
    if (width > span) {
      report('span', number, `The hand spans ${width} semitones; ${span} are allowed.`, staff);
    }
  }
}
