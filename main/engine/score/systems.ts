import type { ScoreOptions } from '../../contract/score-options.ts';
import type { Measure, Part } from './score.ts';

/** Columns that a system of A4 holds: places at which something begins, and one for each bar line. */
const COLUMNS = 38;
/** In large print: staves of 10 mm instead of 7. */
const LARGE_COLUMNS = 27;
/** Measures that are worth a system of their own. */
const SHORTEST_SECTION = 3;

/**
 * Marks, in place, the measures that should begin a system: so many to a system, fewer where they are full, sections
 * at the beginning of one, and no measure alone where its section has others.
 */
export function breakSystems(
  parts: readonly Part[],
  { barsPerSystem, largePrint }: Pick<ScoreOptions, 'barsPerSystem' | 'largePrint'>,
): void {
  const { measures } = parts[0]!;
  if (barsPerSystem === 0) return;
  const columns = measures.map((_, at) => countColumns(parts.map((part) => part.measures[at]!)));
  const starts = sectionStarts(measures);
  // A pickup goes with the bar after it.
  let from = 0;
  for (const to of [...starts, measures.length]) {
    const lead = from === 0 && measures[0]!.implicit ? 1 : 0;
    let first = from;
    for (const size of shareOut(
      columns.slice(from + lead, to),
      barsPerSystem,
      largePrint ? LARGE_COLUMNS : COLUMNS,
    )) {
      if (first > 0) for (const part of parts) part.measures[first]!.systemStart = true;
      first += size + (first === 0 ? lead : 0);
    }
    from = to;
  }
}

/** Where sections begin, those left out that would leave a stub of a system before or after them. */
function sectionStarts(measures: readonly Measure[]): number[] {
  const starts: number[] = [];
  let before = 0;
  measures.forEach(({ rehearsal }, at) => {
    if (rehearsal === null || at - before < SHORTEST_SECTION) return;
    if (measures.length - at < SHORTEST_SECTION) return;
    starts.push(at);
    before = at;
  });
  return starts;
}

function countColumns(measures: readonly Measure[]): number {
  const places = measures.flatMap(({ voices }) =>
    voices.flatMap(({ events }) => events.filter((event) => event.kind !== 'gap').map((event) => event.at)),
  );
  return new Set(places).size + 1;
}

interface Line {
  cost: number;
  /** Measures of its last system. */
  size: number;
}

/** More systems than needed, and a measure that stands alone, are worse than any unevenness. */
const SYSTEM = 1e4;
const ALONE = 5e3;

/** Sizes of the systems of one section: as few as hold its measures, as evenly filled as can be. */
function shareOut(columns: readonly number[], most: number, room: number): number[] {
  const lines: Line[] = [{ cost: 0, size: 0 }];
  for (let end = 1; end <= columns.length; end++) {
    let best: Line = { cost: Number.POSITIVE_INFINITY, size: 1 };
    let filled = 0;
    for (let size = 1; size <= Math.min(most, end); size++) {
      filled += columns[end - size]!;
      if (size > 1 && filled > room) break;
      const alone = size === 1 && columns.length > 1 && most > 1 ? ALONE : 0;
      const cost = lines[end - size]!.cost + SYSTEM + alone + Math.max(0, room - filled) ** 2;
      if (cost < best.cost) best = { cost, size };
    }
    lines.push(best);
  }
  const sizes: number[] = [];
  for (let end = columns.length; end > 0; end -= lines[end]!.size) sizes.push(lines[end]!.size);
  return sizes.reverse();
}
