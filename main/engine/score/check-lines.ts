import type { Report } from './check-score.ts';
import { groupBy } from './group-by.ts';
import type { ReadLine, ReadMeasure } from './musicxml-content.ts';

interface Placed extends ReadLine {
  measure: string;
}

const ends = new Set(['stop', 'discontinue']);
const goesOn = new Set(['continue', 'change']);

/**
 * Slurs, pedals, octave lines and wedges: what begins must end, and nothing else may. A number is free again, in the
 * order of the document, once its line has ended (MusicXML 4.0, `number-level`).
 */
export function checkLines(measures: readonly ReadMeasure[], report: Report): void {
  const lines = measures.flatMap((measure) =>
    [...measure.lines, ...measure.items.flatMap((item) => item.slurs)].map(
      (line): Placed => ({ ...line, measure: measure.number }),
    ),
  );
  for (const own of groupBy(lines, ({ kind, number }) => `${kind} ${number}`).values())
    checkPairs(own, report);
}

/** Lines of one kind and number, of which one may be open at a time. */
function checkPairs(lines: readonly Placed[], report: Report): void {
  const open: Placed[] = [];
  /** Ends that came, in another voice, before their beginnings. */
  const early: Placed[] = [];
  for (const line of lines) {
    if (isStart(line.type)) {
      const stop = early.findIndex((each) => each.measure === line.measure && each.at >= line.at);
      if (stop < 0) open.push(line);
      else early.splice(stop, 1);
    } else if (ends.has(line.type)) {
      if (open.length > 0) open.shift();
      else early.push(line);
    } else if (open.length === 0) {
      tell(line, `A ${line.kind} goes on that never began.`);
    }
    if (open.length > 1) {
      const [before] = open.splice(0, 1);
      tell(line, `A ${line.kind} begins before the one of bar ${before!.measure} has ended.`);
    }
  }
  for (const line of early) tell(line, `A ${line.kind} ends that never began.`);
  for (const line of open) tell(line, `A ${line.kind} never ends.`);

  function tell({ kind, measure, staff }: Placed, message: string): void {
    report(kind, measure, message, staff ?? undefined);
  }
}

function isStart(type: string): boolean {
  return !ends.has(type) && !goesOn.has(type);
}
