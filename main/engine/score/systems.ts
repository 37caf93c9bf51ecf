import type { Measure, Part } from './score.ts';

/** Places at which something begins that a system of A4 holds with room to read. */
const COLUMNS = 36;
/** Measures that are worth a system of their own. */
const SHORTEST_SECTION = 3;

/**
 * Marks, in place, the measures that should begin a system: so many to a system, fewer where they are full, sections
 * at the beginning of one, and no measure alone where its section has others.
 */
export function breakSystems(parts: readonly Part[], barsPerSystem: number): void {
  const { measures } = parts[0]!;
  if (barsPerSystem === 0) return;
  const columns = measures.map((_, at) => countColumns(parts.map((part) => part.measures[at]!)));
  const starts = sectionStarts(measures);
  // A pickup goes with the bar after it.
  let from = 0;
  for (const to of [...starts, measures.length]) {
    const lead = from === 0 && measures[0]!.implicit ? 1 : 0;
    let first = from;
    for (const size of shareOut(columns.slice(from + lead, to), barsPerSystem)) {
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
  return new Set(places).size;
}

/** Sizes of the systems of one section: as equal as they can be, the longer first. */
function shareOut(columns: readonly number[], most: number): number[] {
  const total = columns.reduce((sum, each) => sum + each, 0);
  const needed = Math.max(
    Math.ceil(columns.length / most),
    Math.min(columns.length, Math.ceil(total / COLUMNS)),
  );
  return Array.from({ length: needed }, (_, at) => Math.ceil((columns.length - at) / needed));
}
