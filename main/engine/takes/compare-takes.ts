import type { Arrangement } from '../../contract/arrangement.ts';
import type { Comparison } from '../../contract/takes.ts';
import { barIndexAt } from '../arranger/song-grid.ts';
import { checkSameBeats } from './comp-takes.ts';

/** A note that is only held for another time differs so much, of a note that is elsewhere. */
const LENGTH_SHARE = 0.25;

/**
 * Says bar by bar how much takes differ: the share of the notes struck there that not all of them strike; notes that are
 * only longer or shorter count for a quarter. How loud they are does not count.
 * @throws SongleafError `analysis-mismatch` where takes have other beats
 */
export function compareTakes(takes: readonly Arrangement[]): Comparison {
  checkSameBeats(takes);
  const { bars } = takes[0]!;
  const struck = takes.map((take) => notesByBar(take, bars));
  return {
    differences: bars.map((_, bar) => differ(struck.map((byBar) => byBar[bar]!))),
  };
}

/** The durations of each bar's notes, by place and pitch. */
function notesByBar(take: Arrangement, bars: Arrangement['bars']): Map<string, number>[] {
  const byBar = bars.map(() => new Map<string, number>());
  for (const list of ['notes', 'lead'] as const) {
    for (const { start, pitch, duration } of take[list]) {
      byBar[barIndexAt(bars, start)]!.set(`${list} ${start} ${pitch}`, duration);
    }
  }
  return byBar;
}

function differ(sets: readonly ReadonlyMap<string, number>[]): number {
  const all = new Set(sets.flatMap((set) => [...set.keys()]));
  if (all.size === 0) return 0;
  let different = 0;
  for (const note of all) {
    const durations = new Set(sets.map((set) => set.get(note)));
    if (durations.has(undefined)) different += 1;
    else if (durations.size > 1) different += LENGTH_SHARE;
  }
  return different / all.size;
}
