import { TICKS_PER_BEAT } from '../../contract/grid.ts';
import {
  type Begun,
  type Division,
  type Grip,
  handFeatures,
  type KeyMemory,
  type Surroundings,
} from './hand-features.ts';
import type { HandLimits } from './hand-limits.ts';
import { handWeights } from './hand-weights.ts';
import type { Hand, HandNote } from './hands.ts';
import type { OnsetGroup } from './onset-groups.ts';

/** A hand that cannot be played outweighs anything. */
const UNPLAYABLE = 1e6;
/** A semitone beyond the reach, where no division is playable. */
const EXCESS = 0.25;
/** A melody note in the left hand, a bass note in the right: more than any sum of habits at one onset. */
const WRONG_ROLE = 12;
/** Divisions kept at each onset. */
const BEAM = 8;

/** A way to divide all notes so far. */
export interface HandPath {
  score: number;
  left: Grip | null;
  right: Grip | null;
  memory: KeyMemory;
  /** How many of what sounds, from the lowest, are left. */
  k: number;
  tick: number;
  begun: Begun;
  border: number;
  /** What was weighed to come here; null at the start. */
  division: Division | null;
  from: HandPath | null;
}

/** How good a division is, beside whether hands can play it; higher is better. */
export type ScoreDivision = (division: Division, group: OnsetGroup) => number;

const features: number[] = [];

export const learntScore: ScoreDivision = (division) => {
  handFeatures(division, features);
  let sum = 0;
  for (const feature of features) sum += handWeights[feature]!;
  return sum;
};

/**
 * Divides the notes between the hands: since hands do not cross, one number says how an onset's notes are divided. The
 * best way through all onsets is sought by beam search; what is weighed at each is learnt from printed piano music
 * (`hand-features.ts`). A note that is held keeps its hand.
 *
 * @param bars starts of the bars in ticks, rising; empty where they are not known
 */
export function chooseSplits(
  notes: readonly HandNote[],
  groups: readonly OnsetGroup[],
  limits: HandLimits,
  bars: readonly number[] = [],
  score: ScoreDivision = learntScore,
): Hand[] {
  return readHands(notes, groups, bestPath(notes, groups, limits, bars, score));
}

/** The best path's last division; `from` leads back to a division before the first onset. */
export function bestPath(
  notes: readonly HandNote[],
  groups: readonly OnsetGroup[],
  limits: HandLimits,
  bars: readonly number[],
  score: ScoreDivision,
): HandPath {
  const start = {
    score: 0,
    left: null,
    right: null,
    memory: new Int32Array(128),
    k: 0,
    tick: -1,
    begun: { left: 0, right: 0 },
    border: MIDDLE_C,
    division: null,
    from: null,
  };
  return advanceFrom(start, notes, undefined, groups, limits, bars, score);
}

/** The best path that goes on from one through further onsets, `before` being the onset that it has reached. */
export function advanceFrom(
  start: HandPath,
  notes: readonly HandNote[],
  before: OnsetGroup | undefined,
  groups: readonly OnsetGroup[],
  limits: HandLimits,
  bars: readonly number[],
  score: ScoreDivision,
): HandPath {
  let paths = [start];
  let bar = 0;
  let last = before;
  const lookAround = makeLookAround(notes, AROUND);
  const lookFar = makeLookAround(notes, FAR);
  const shareBelow = sharesBelow(notes);
  for (const group of groups) {
    while (bar + 1 < bars.length && bars[bar + 1]! <= group.tick) bar++;
    const barLength = bar > 0 ? bars[bar]! - bars[bar - 1]! : 4 * TICKS_PER_BEAT;
    const place = {
      tick: group.tick,
      inBar: group.tick - (bars[bar] ?? 0),
      barLength,
      around: lookAround(group.tick),
      farAround: lookFar(group.tick),
      shareBelow,
    };
    paths = advance(paths, notes, last, group, place, limits, score);
    last = group;
  }
  return paths[0]!;
}

function advance(
  paths: readonly HandPath[],
  notes: readonly HandNote[],
  before: OnsetGroup | undefined,
  group: OnsetGroup,
  place: Pick<Division, 'tick' | 'inBar' | 'around' | 'farAround' | 'shareBelow'> & { barLength: number },
  limits: HandLimits,
  score: ScoreDivision,
): HandPath[] {
  const pitches = group.sounding.map((index) => notes[index]!.pitch);
  const { tick } = place;
  const { held } = group;
  const durations = group.sounding.map((index) => notes[index]!.duration);
  const fixed = pitches.map(
    (_, k) =>
      handCost(pitches, 0, k, limits) +
      handCost(pitches, k, pitches.length, limits) +
      roleCost(notes, group, k),
  );
  fixed.push(handCost(pitches, 0, pitches.length, limits) + roleCost(notes, group, pitches.length));
  const stays = new Set(group.sounding.filter((_, place) => held[place]));
  const found: { score: number; path: HandPath; division: Division }[] = [];
  for (const path of paths) {
    const heldLeft = before ? before.sounding.slice(0, path.k).filter((index) => stays.has(index)).length : 0;
    const barBefore = begunAt(path, tick - place.barLength);
    const beatBefore = begunAt(path, tick - TICKS_PER_BEAT);
    let passed = 0;
    for (let k = 0; k <= pitches.length; k++) {
      if (k > 0 && held[k - 1]) passed++;
      if (passed !== heldLeft) continue;
      const division = {
        ...place,
        pitches,
        held,
        durations,
        k,
        left: path.left,
        right: path.right,
        memory: path.memory,
        border: path.border,
        barBefore,
        beatBefore,
      };
      found.push({ score: path.score + score(division, group) - fixed[k]!, path, division });
    }
  }
  found.sort((a, b) => b.score - a.score);
  const kept: HandPath[] = [];
  const seen = new Set<string>();
  const divided = new Set<number>();
  for (const { score: sum, path, division } of found) {
    const { k } = division;
    const left = k > 0 ? { low: pitches[0]!, high: pitches[k - 1]!, tick } : path.left;
    const right =
      k < pitches.length ? { low: pitches[k]!, high: pitches[pitches.length - 1]!, tick } : path.right;
    const key = `${k} ${left?.low} ${left?.high} ${right?.low} ${right?.high}`;
    // The best way to every division is kept: held notes may allow no other later on.
    if (seen.has(key) || (kept.length >= BEAM && divided.has(k))) continue;
    seen.add(key);
    divided.add(k);
    const memory = path.memory.slice();
    pitches.forEach((pitch, place) => {
      if (!held[place]) memory[pitch] = place < k ? -tick - 1 : tick + 1;
    });
    const beginLeft = held.filter((isHeld, place) => !isHeld && place < k).length;
    const begun = { left: beginLeft, right: held.filter((isHeld) => !isHeld).length - beginLeft };
    const border = k > 0 && k < pitches.length ? (pitches[k - 1]! + pitches[k]!) / 2 : path.border;
    kept.push({ score: sum, left, right, memory, k, tick, begun, border, division, from: path });
  }
  return kept;
}

function begunAt(path: HandPath, tick: number): Begun | null {
  let at: HandPath | null = path;
  while (at && at.tick > tick) at = at.from;
  return at && at.tick === tick && at.tick >= 0 ? at.begun : null;
}

const MIDDLE_C = 60;
const AROUND = 2 * TICKS_PER_BEAT;
const FAR = 8 * TICKS_PER_BEAT;

function sharesBelow(notes: readonly HandNote[]): Float64Array {
  const counts = new Float64Array(129);
  for (const { pitch } of notes) counts[pitch + 1]! += 1 / notes.length;
  for (let pitch = 1; pitch < counts.length; pitch++) counts[pitch]! += counts[pitch - 1]!;
  return counts;
}

/** Looks at the notes that begin within a reach of a tick; ticks must not fall from call to call. */
function makeLookAround(notes: readonly HandNote[], reach: number): (tick: number) => Surroundings {
  const sorted = [...notes].sort((a, b) => a.start - b.start);
  let from = 0;
  let to = 0;
  return (tick) => {
    while (to < sorted.length && sorted[to]!.start <= tick + reach) to++;
    while (from < to && sorted[from]!.start < tick - reach) from++;
    const around = { low: 127, high: 0, mean: 0 };
    for (let at = from; at < to; at++) {
      const { pitch } = sorted[at]!;
      around.low = Math.min(around.low, pitch);
      around.high = Math.max(around.high, pitch);
      around.mean += pitch / (to - from);
    }
    return around;
  };
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
