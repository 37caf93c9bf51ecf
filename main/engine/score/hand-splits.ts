import type { HandLimits } from './hand-limits.ts';
import type { Hand, HandNote } from './hands.ts';
import type { OnsetGroup } from './onset-groups.ts';

// Costs in one unit: moving a hand by an octave costs 1. A hand that cannot be played outweighs any number of them.
const UNPLAYABLE = 1e9;
const WRONG_ROLE = 12;
const LEAP_PER_SEMITONE = 1 / 12;
/** Inner notes below middle C lean to the left hand, those above to the right. */
const REGISTER_PER_SEMITONE = 1 / 24;
const MIDDLE_C = 60;
/** A wide grip is worse than a narrow one: cost of an octave. */
const GRIP = 0.5;
/** A new note that lies on the other side of the place where the hands last met. */
const FLICKER = 0.75;
/** Where hands rest before they have played: an octave either side of middle C. */
const FIRST_LEFT = 48;
const FIRST_RIGHT = 72;

/** A way to divide one onset's notes: the lowest `k` are left, `k` being the place in the array. */
interface Split {
  cost: number;
  /** The split of the onset before. */
  from: number;
  /** Middle of what each hand last held, carried along the cheapest way here, as pitches. */
  left: number;
  right: number;
  /** Between the highest left and the lowest right note. */
  border: number;
}

/**
 * Dynamic programming over onsets: since hands do not cross, one number says how an onset's notes are divided, and a
 * note that is held keeps its hand, which ties the splits of neighbouring onsets.
 */
export function chooseSplits(
  notes: readonly HandNote[],
  groups: readonly OnsetGroup[],
  limits: HandLimits,
): Hand[] {
  const table: Split[][] = [];
  let previous: Split[] = [{ cost: 0, from: -1, left: FIRST_LEFT, right: FIRST_RIGHT, border: MIDDLE_C }];
  groups.forEach((group, g) => {
    const splitsByHeldLeft = groupByHeldLeft(previous, groups[g - 1], group);
    let heldLeft = 0;
    const splits: Split[] = [];
    for (let k = 0; k <= group.sounding.length; k++) {
      if (k > 0 && group.held[k - 1]) heldLeft++;
      splits.push(bestWay(notes, group, k, splitsByHeldLeft[heldLeft]!, previous, limits));
    }
    table.push(splits);
    previous = splits;
  });
  return readHands(notes, groups, table);
}

/** For each number of held notes in the left hand, the splits of the onset before that lead to it. */
function groupByHeldLeft(
  previous: readonly Split[],
  before: OnsetGroup | undefined,
  now: OnsetGroup,
): number[][] {
  const stays = new Set(now.sounding.filter((_, place) => now.held[place]));
  const lists: number[][] = Array.from({ length: stays.size + 1 }, () => []);
  let left = 0;
  for (let k = 0; k < previous.length; k++) {
    if (k > 0 && before && stays.has(before.sounding[k - 1]!)) left++;
    lists[left]!.push(k);
  }
  return lists;
}

function bestWay(
  notes: readonly HandNote[],
  group: OnsetGroup,
  k: number,
  candidates: readonly number[],
  previous: readonly Split[],
  limits: HandLimits,
): Split {
  const pitches = group.sounding.map((index) => notes[index]!.pitch);
  const size = pitches.length;
  const leftMiddle = k > 0 ? (pitches[0]! + pitches[k - 1]!) / 2 : null;
  const rightMiddle = k < size ? (pitches[k]! + pitches[size - 1]!) / 2 : null;
  const here =
    handCost(pitches, 0, k, limits) + handCost(pitches, k, size, limits) + roleCost(notes, group, k);
  let best: Split | null = null;
  for (const from of candidates) {
    const way = previous[from]!;
    let cost = way.cost + here;
    if (leftMiddle !== null) cost += Math.abs(leftMiddle - way.left) * LEAP_PER_SEMITONE;
    if (rightMiddle !== null) cost += Math.abs(rightMiddle - way.right) * LEAP_PER_SEMITONE;
    for (let place = 0; place < size; place++) {
      if (group.held[place]) continue;
      if (place < k ? pitches[place]! > way.border : pitches[place]! < way.border) cost += FLICKER;
    }
    if (best !== null && best.cost <= cost) continue;
    const left = leftMiddle ?? way.left;
    const right = rightMiddle ?? way.right;
    const border = k > 0 && k < size ? (pitches[k - 1]! + pitches[k]!) / 2 : (left + right) / 2;
    best = { cost, from, left, right, border };
  }
  // Any division of the held notes was reachable from the onset before, so there is always a way.
  return best!;
}

/** Notes `from` to `to` (exclusive) of the sorted pitches in one hand. */
function handCost(pitches: readonly number[], from: number, to: number, limits: HandLimits): number {
  if (to - from < 2 && limits.notes > 0) return 0;
  let most = 0;
  for (let low = from, high = from; low < to; low++) {
    while (high < to && pitches[high]! - pitches[low]! <= limits.span) high++;
    most = Math.max(most, high - low);
  }
  const lost = to - from - Math.min(most, limits.notes);
  const octaves = (pitches[to - 1]! - pitches[from]!) / 12;
  return lost * UNPLAYABLE + GRIP * octaves * octaves;
}

/** Charged where a note begins, so that a long note does not count more than a short one. */
function roleCost(notes: readonly HandNote[], group: OnsetGroup, k: number): number {
  let cost = 0;
  for (let place = 0; place < group.sounding.length; place++) {
    if (group.held[place]) continue;
    const { role, pitch } = notes[group.sounding[place]!]!;
    const isLeft = place < k;
    if (role === 'melody') cost += isLeft ? WRONG_ROLE : 0;
    else if (role === 'bass') cost += isLeft ? 0 : WRONG_ROLE;
    else cost += Math.max(0, isLeft ? pitch - MIDDLE_C : MIDDLE_C - pitch) * REGISTER_PER_SEMITONE;
  }
  return cost;
}

function readHands(
  notes: readonly HandNote[],
  groups: readonly OnsetGroup[],
  table: readonly Split[][],
): Hand[] {
  const hands: Hand[] = notes.map(() => 'right');
  const last = table[table.length - 1];
  if (!last) return hands;
  let k = last.reduce((best, split, at) => (split.cost < last[best]!.cost ? at : best), 0);
  for (let g = groups.length - 1; g >= 0; g--) {
    const group = groups[g]!;
    group.sounding.forEach((index, place) => {
      hands[index] = place < k ? 'left' : 'right';
    });
    k = table[g]![k]!.from;
  }
  return hands;
}
