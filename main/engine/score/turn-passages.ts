import type { SpellNote } from './spell-notes.ts';

// Names are places on the line of fifths: F -1, C 0, G 1 (`spelling.ts`). Enharmonic names are twelve places apart.

/** The plainest name, D: as many flats as sharps lie around it. */
const CENTRE = 2;
/** Names up to here from the centre are all as plain: G flat minor's and beyond are not. */
const PLAIN = 5;
/** For each place further. */
const FAR = 0.3;
const DOUBLE = 0.5;
const LOWEST_SINGLE = -8;
const HIGHEST_SINGLE = 12;
/** Triple accidentals are never written. */
const LOWEST_NAME = -15;
const HIGHEST_NAME = 19;
/** A passage on the other side: as much as a bar or two in names that nobody wants to read. */
const TURN = 20;

const turns = [0, -12, 12];

/**
 * Turns whole bars to the enharmonic side that is plainer: what modulates step by step keeps its intervals but ends in
 * double accidentals, where an engraver writes E major for F flat major. The cheapest way through the bars (Viterbi); the
 * numbers are those that named most notes as printed in 300 songs of the OpenScore Lieder for development.
 *
 * @param names of the notes
 * @param barAt the bar of a tick
 * @param bars how many there are
 */
export function turnPassages(
  notes: readonly SpellNote[],
  names: readonly number[],
  barAt: (tick: number) => number,
  bars: number,
): number[] {
  const places = notes.map(({ start }) => barAt(start));
  const costs = turns.map(() => new Float64Array(bars));
  places.forEach((bar, index) => {
    turns.forEach((turn, at) => {
      costs[at]![bar]! += costOf(names[index]! + turn);
    });
  });
  const turned = cheapestTurns(costs, bars);
  return names.map((name, index) => name + turned[places[index]!]!);
}

function costOf(name: number): number {
  if (name < LOWEST_NAME || name > HIGHEST_NAME) return Number.POSITIVE_INFINITY;
  const far = FAR * Math.max(0, Math.abs(name - CENTRE) - PLAIN);
  return name < LOWEST_SINGLE || name > HIGHEST_SINGLE ? far + DOUBLE : far;
}

function cheapestTurns(costs: readonly Float64Array[], bars: number): number[] {
  // What comes before the first bar is not turned.
  let sums = [0, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  const sources: number[][] = [];
  for (let bar = 0; bar < bars; bar++) {
    const source: number[] = [];
    sums = turns.map((turn, to) => {
      const ways = turns.map((from, at) => sums[at]! + (TURN * Math.abs(from - turn)) / 12);
      const best = ways.indexOf(Math.min(...ways));
      source.push(best);
      return ways[best]! + costs[to]![bar]!;
    });
    sources.push(source);
  }
  let at = sums.indexOf(Math.min(...sums));
  const chosen: number[] = [];
  for (let bar = bars - 1; bar >= 0; bar--) {
    chosen.push(turns[at]!);
    at = sources[bar]![at]!;
  }
  return chosen.reverse();
}
