import { groupBy } from '../../../../main/engine/score/group-by.ts';
import type { PrintedNote, PrintedPage } from './printed-notes.ts';

/** Counts of one song: what is equal to the print, of how many. */
export interface Likeness {
  [figure: string]: { equal: number; of: number };
}

/** A note that came to stand elsewhere is known again within this many ticks: a 16th of a quarter. */
const NEAR = 12;
const FLAGGED = /^(eighth|16th|32nd|64th|128th)/;

/**
 * Compares a page with the print of the same notes. All figures but the first are of the notes that are found.
 *
 * - `found`: printed notes that the other page has, on the same key at most a 16th away;
 * - `spelling`: same letter and alteration;
 * - `spelling, turned`: the same where the whole song may stand in the enharmonic key (F sharp for G flat), which nothing
 *   in the notes tells;
 * - `staff`: same staff;
 * - `key`: songs whose first signature is the same; `key bars`: bars;
 * - `voices`: bar by bar, voices of one page are paired with those of the other so that most notes agree (one to one,
 *   names of voices do not matter); notes that lie in paired voices;
 * - `beams`: of the notes printed shorter than a quarter, those whose first beam begins, goes on, ends or is absent as
 *   in the print;
 * - `values`: same sounding length as written, ties joined;
 * - `symbols`: same note value and dots of the first symbol.
 *
 * Two printed notes on one key at once (two voices meet) are one note, which may look like either.
 */
export function comparePages(print: PrintedPage, other: PrintedPage): Likeness {
  const figures: Likeness = {};
  const add = (name: string, equal: boolean, weight = 1) => {
    figures[name] ??= { equal: 0, of: 0 };
    figures[name].of += weight;
    if (equal) figures[name].equal += weight;
  };
  const pairs = pairNotes(print.notes, other.notes);
  figures['spelling, turned'] = compareTurned(pairs);
  for (const [twins, note] of pairs) {
    add('found', note !== null);
    if (!note) continue;
    const some = (test: (twin: PrintedNote) => boolean) => twins.some(test);
    add(
      'spelling',
      some((twin) => twin.name === note.name),
    );
    add(
      'staff',
      some((twin) => twin.staff === note.staff),
    );
    add(
      'values',
      some((twin) => Math.abs(twin.duration - note.duration) <= 1),
    );
    add(
      'symbols',
      some((twin) => twin.symbol === note.symbol),
    );
    if (twins.some((twin) => FLAGGED.test(twin.symbol)))
      add(
        'beams',
        some((twin) => twin.beam === note.beam),
      );
  }
  add('key', print.fifths[0] === other.fifths[0]);
  print.fifths.forEach((fifths, bar) => {
    add('key bars', fifths === other.fifths[bar]);
  });
  figures.voices = compareVoices(pairs);
  return figures;
}

type Pair = [PrintedNote[], PrintedNote | null];

function pairNotes(print: readonly PrintedNote[], other: readonly PrintedNote[]): Pair[] {
  const onKey = groupBy(other, (note) => note.pitch);
  const twins = groupBy(print, (note) => `${note.start} ${note.pitch}`);
  const used = new Set<PrintedNote>();
  return [...twins.values()].map((group): Pair => {
    const { start, pitch } = group[0]!;
    let best: PrintedNote | null = null;
    for (const note of onKey.get(pitch) ?? []) {
      const away = Math.abs(note.start - start);
      if (used.has(note) || away > NEAR || (best && Math.abs(best.start - start) <= away)) continue;
      best = note;
    }
    if (best) used.add(best);
    return [group, best];
  });
}

const letters = 'FCGDAEB';

/** Place on the line of fifths; F is 0. */
function fifthOf(name: string): number {
  return letters.indexOf(name[0]!) + 7 * (name.includes('#') ? name.length - 1 : 1 - name.length);
}

function compareTurned(pairs: readonly Pair[]): { equal: number; of: number } {
  const found = pairs.filter(([, note]) => note);
  const equal = [-12, 0, 12].map(
    (turn) =>
      found.filter(([twins, note]) => twins.some((twin) => fifthOf(twin.name) === fifthOf(note!.name) + turn))
        .length,
  );
  return { equal: Math.max(...equal), of: found.length };
}

function compareVoices(pairs: readonly Pair[]): { equal: number; of: number } {
  let equal = 0;
  const inBars = groupBy(pairs, ([twins]) => twins[0]!.bar);
  for (const group of inBars.values()) {
    const counts = new Map<string, Map<string, number>>();
    for (const [twins, note] of group) {
      if (!note) continue;
      const { voice } = twins[0]!;
      const row = counts.get(voice) ?? new Map<string, number>();
      row.set(note.voice, (row.get(note.voice) ?? 0) + 1);
      counts.set(voice, row);
    }
    equal += bestPairing([...counts.values()]);
  }
  return { equal, of: pairs.filter(([, note]) => note).length };
}

/** Most notes that a one-to-one pairing of rows with columns covers; bars have few voices, so all are tried. */
function bestPairing(rows: readonly Map<string, number>[], taken: ReadonlySet<string> = new Set()): number {
  const [row, ...rest] = rows;
  if (!row) return 0;
  let best = bestPairing(rest, taken);
  for (const [column, count] of row) {
    if (taken.has(column)) continue;
    best = Math.max(best, count + bestPairing(rest, new Set([...taken, column])));
  }
  return best;
}
