import { EPSILON, type Report } from './check-score.ts';
import { groupBy } from './group-by.ts';
import type { ReadLine, ReadMeasure } from './musicxml-content.ts';

interface Placed extends ReadLine {
  /** From the start of the part, in quarters. */
  time: number;
  measure: string;
}

const ends = new Set(['stop', 'discontinue']);
const goesOn = new Set(['continue', 'change', 'resume']);

/** Slurs, pedals, octave lines and wedges: what begins must end, and nothing else may. */
export function checkLines(measures: readonly ReadMeasure[], report: Report): void {
  const lines = measures.flatMap((measure) =>
    [...measure.lines, ...measure.items.flatMap((item) => item.slurs)].map(
      (line): Placed => ({ ...line, time: measure.start + line.at, measure: measure.number }),
    ),
  );
  for (const own of groupBy(lines, ({ kind, number }) => `${kind} ${number}`).values()) checkPairs(own, report);
}

/** Lines of one kind and number, of which one may be open at a time. */
function checkPairs(lines: readonly Placed[], report: Report): void {
  let open: Placed | null = null;
  for (const together of sameTime(lines)) {
    // In the document a line may end, in another voice, before the next begins, or the other way round.
    const left = [...together];
    while (left.length > 0) {
      const wanted = left.findIndex(({ type }) => (open ? !isStart(type) : isStart(type)));
      const [line] = left.splice(Math.max(0, wanted), 1);
      const { kind, type, measure, staff } = line!;
      const tell = (message: string) => report(kind, measure, message, staff ?? undefined);
      if (isStart(type)) {
        if (open) tell(`A ${kind} begins before the one of bar ${(open as Placed).measure} has ended.`);
        open = line!;
      } else if (!open) {
        tell(`A ${kind} ${ends.has(type) ? 'ends' : 'goes on'} that never began.`);
      } else if (ends.has(type)) {
        open = null;
      }
    }
  }
  if (open) {
    const { kind, measure, staff } = open as Placed;
    report(kind, measure, `A ${kind} never ends.`, staff ?? undefined);
  }
}

function isStart(type: string): boolean {
  return !ends.has(type) && !goesOn.has(type);
}

function sameTime(lines: readonly Placed[]): Placed[][] {
  const sorted = lines.toSorted((a, b) => a.time - b.time);
  const groups: Placed[][] = [];
  for (const line of sorted) {
    const last = groups[groups.length - 1];
    if (last && line.time - last[0]!.time < EPSILON) last.push(line);
    else groups.push([line]);
  }
  return groups;
}
