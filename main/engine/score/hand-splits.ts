import { TICKS_PER_BEAT } from '../../contract/grid.ts';
import type { HandLimits } from './hand-limits.ts';
import { leanLeft } from './hand-network.ts';
import type { Hand, HandNote } from './hands.ts';
import type { OnsetGroup } from './onset-groups.ts';

/** A hand that cannot be played outweighs anything. */
const UNPLAYABLE = 1e6;
/** A semitone beyond the reach, where no division is playable. */
const EXCESS = 0.25;
/** A melody note in the left hand, a bass note in the right. */
const WRONG_ROLE = 12;

/** What surroundings say of one note counts no more: a role that is known decides. */
const SUREST = 8;
/** A line of single notes goes over to the other hand, by no more than a fifth and within a beat. */
const CHANGE = 0.5;
const FIFTH = 7;

/** A way to divide all notes so far. */
interface HandPath {
  score: number;
  /** The note of the last onset where just one began there. */
  single: { pitch: number; tick: number; isLeft: boolean } | null;
  /** How many of what sounds, from the lowest, are left. */
  k: number;
  from: HandPath | null;
}

/**
 * Divides the notes between the hands: since hands do not cross, one number says how an onset's notes are divided. The
 * best way through all onsets is found by dynamic programming; what speaks for a hand is learnt from printed piano music
 * (`hand-network.ts`). A note that is held keeps its hand.
 *
 * @param bars starts of the bars in ticks, rising; empty where they are not known
 */
export function chooseSplits(
  notes: readonly HandNote[],
  groups: readonly OnsetGroup[],
  limits: HandLimits,
  bars: readonly number[] = [],
): Hand[] {
  return splitByLeans(notes, leansOf(notes, bars), groups, limits);
}

/** The same, where the log-odds of the left hand are known of each note. */
export function splitByLeans(
  notes: readonly HandNote[],
  leans: ArrayLike<number>,
  groups: readonly OnsetGroup[],
  limits: HandLimits,
): Hand[] {
  let paths: HandPath[] = [{ score: 0, single: null, k: 0, from: null }];
  groups.forEach((group, at) => {
    paths = advance(paths, notes, leans, groups[at - 1], group, limits);
  });
  return readHands(notes, groups, bestOf(paths));
}

function bestOf(paths: readonly HandPath[]): HandPath {
  return paths.reduce((best, path) => (path.score > best.score ? path : best));
}

/** Notes come in any order. */
function leansOf(notes: readonly HandNote[], bars: readonly number[]): Float32Array {
  const order = notes.map((_, index) => index);
  order.sort((a, b) => notes[a]!.start - notes[b]!.start || notes[a]!.pitch - notes[b]!.pitch);
  const inOrder = leanLeft(
    order.map((index) => notes[index]!),
    bars,
  );
  const leans = new Float32Array(notes.length);
  order.forEach((index, at) => {
    leans[index] = Math.max(-SUREST, Math.min(SUREST, inOrder[at]!));
  });
  return leans;
}

/** The best way to every division of an onset; held notes may allow only some of them later on. */
function advance(
  paths: readonly HandPath[],
  notes: readonly HandNote[],
  leans: ArrayLike<number>,
  before: OnsetGroup | undefined,
  group: OnsetGroup,
  limits: HandLimits,
): HandPath[] {
  const { sounding, held } = group;
  const pitches = sounding.map((index) => notes[index]!.pitch);
  const stays = new Set(sounding.filter((_, place) => held[place]));
  const heldLeft = paths.map(({ k }) => {
    let count = 0;
    for (let place = 0; before && place < k; place++) if (stays.has(before.sounding[place]!)) count++;
    return count;
  });
  const begins = held.indexOf(false);
  const isSingle = begins >= 0 && begins === held.lastIndexOf(false);
  const next: HandPath[] = [];
  let passed = 0;
  let lean = 0;
  for (let k = 0; k <= pitches.length; k++) {
    if (k > 0) {
      if (held[k - 1]) passed++;
      else lean += leans[sounding[k - 1]!]!;
    }
    const isLeft = begins < k;
    let from: HandPath | null = null;
    let most = Number.NEGATIVE_INFINITY;
    paths.forEach((path, at) => {
      if (heldLeft[at] !== passed) return;
      const sum = path.score - (isSingle ? changeCost(path, pitches[begins]!, group.tick, isLeft) : 0);
      if (sum <= most) return;
      most = sum;
      from = path;
    });
    if (!from) continue;
    const cost =
      handCost(pitches, 0, k, limits) +
      handCost(pitches, k, pitches.length, limits) +
      roleCost(notes, group, k);
    const single = isSingle ? { pitch: pitches[begins]!, tick: group.tick, isLeft } : null;
    next.push({ score: most + lean - cost, single, k, from });
  }
  return next;
}

function changeCost({ single }: HandPath, pitch: number, tick: number, isLeft: boolean): number {
  if (!single || single.isLeft === isLeft || tick - single.tick > TICKS_PER_BEAT) return 0;
  return Math.abs(pitch - single.pitch) <= FIFTH ? CHANGE : 0;
}

/** Notes `from` to `to` (exclusive) of the sorted pitches that one hand cannot hold. */
function handCost(pitches: readonly number[], from: number, to: number, limits: HandLimits): number {
  if (to - from < 2 && limits.notes > 0) return 0;
  let most = 0;
  for (let low = from, high = from; low < to; low++) {
    while (high < to && pitches[high]! - pitches[low]! <= limits.span) high++;
    most = Math.max(most, high - low);
  }
  const excess = Math.max(0, pitches[to - 1]! - pitches[from]! - limits.span);
  return (to - from - Math.min(most, limits.notes)) * UNPLAYABLE + excess * EXCESS;
}

/** Charged where a note begins, so that a long note does not count more than a short one. */
function roleCost(notes: readonly HandNote[], group: OnsetGroup, k: number): number {
  let cost = 0;
  for (let place = 0; place < group.sounding.length; place++) {
    if (group.held[place]) continue;
    const { role } = notes[group.sounding[place]!]!;
    if (role === (place < k ? 'melody' : 'bass')) cost += WRONG_ROLE;
  }
  return cost;
}

function readHands(notes: readonly HandNote[], groups: readonly OnsetGroup[], last: HandPath): Hand[] {
  const hands: Hand[] = notes.map(() => 'right');
  let path: HandPath | null = last;
  for (let g = groups.length - 1; g >= 0 && path; g--) {
    const { k } = path;
    groups[g]!.sounding.forEach((index, place) => {
      hands[index] = place < k ? 'left' : 'right';
    });
    path = path.from;
  }
  return hands;
}
