import { moveCost, spanCost, type Touch, touchCost } from './finger-cost.ts';
import type { Hand } from './hands.ts';
import { diatonic } from './ledger-lines.ts';
import { groupOnsets, type OnsetGroup } from './onset-groups.ts';
import { DIVISIONS, type Measure, type WrittenNote } from './score.ts';

/** A note with its place in divisions from the start of the piece. */
interface Played {
  start: number;
  duration: number;
  pitch: number;
  role: 'inner';
  note: WrittenNote;
}

/** One way to lay the fingers on an onset's notes. */
interface Grip {
  fingers: readonly number[];
  cost: number;
  from: Grip | null;
}

/** A hand that has rested a half note may go anywhere: moves cost this share. */
const REST = DIVISIONS * 2;
const AFTER_REST = 0.25;
const FINGERS = 5;

/**
 * Sets fingers, in place, for one staff of a piano: the least effort through the piece by dynamic programming over
 * onsets (costs: `finger-cost.ts`). A held note keeps its finger. Fingers are printed where the hand takes a new
 * position; what lies under it needs none. Onsets with more notes than fingers have none.
 */
export function setFingers(measures: readonly Measure[], staff: number): void {
  const notes = collectNotes(measures, staff);
  const hand: Hand = staff === 1 ? 'right' : 'left';
  const { groups } = groupOnsets(notes);
  let ways: Grip[] = [{ fingers: [], cost: 0, from: null }];
  groups.forEach((group, at) => {
    const options = gripsFor(group.sounding.length);
    const before = groups[at - 1];
    ways = options.map((fingers) => bestWay(fingers, group, before, ways, notes, hand));
  });
  let grip: Grip | null = ways.reduce((best, way) => (way.cost < best.cost ? way : best));
  const chosen: (readonly number[])[] = [];
  for (; grip?.from; grip = grip.from) chosen.push(grip.fingers);
  printPositions(groups, chosen.reverse(), notes, hand);
}

function collectNotes(measures: readonly Measure[], staff: number): Played[] {
  const notes: Played[] = [];
  const open = new Map<string, Played>();
  let start = 0;
  for (const measure of measures) {
    for (const voice of measure.voices) {
      if (voice.staff !== staff) continue;
      for (const event of voice.events) {
        if (event.kind !== 'chord') continue;
        for (const note of event.notes) {
          const key = `${voice.number} ${note.pitch}`;
          const before = note.tieStop ? open.get(key) : undefined;
          const played = before ?? {
            start: start + event.at,
            duration: 0,
            pitch: note.pitch,
            role: 'inner',
            note,
          };
          played.duration += event.duration;
          if (!before) notes.push(played);
          open.set(key, played);
        }
      }
    }
    start += measure.length;
  }
  return notes;
}

const grips = new Map<number, number[][]>();

/** All choices of so many fingers, thumb first; none for more notes than fingers. */
function gripsFor(notes: number): number[][] {
  let found = grips.get(notes);
  if (!found) {
    found = notes > FINGERS ? [[]] : choose(notes, 1);
    grips.set(notes, found);
  }
  return found;
}

function choose(count: number, first: number): number[][] {
  if (count === 0) return [[]];
  const lists: number[][] = [];
  for (let finger = first; finger <= FINGERS - count + 1; finger++) {
    for (const rest of choose(count - 1, finger + 1)) lists.push([finger, ...rest]);
  }
  return lists;
}

/** Keys from the thumb outwards, mirrored for the left hand. */
function touches(
  fingers: readonly number[],
  group: OnsetGroup,
  notes: readonly Played[],
  hand: Hand,
): Touch[] {
  if (fingers.length === 0) return [];
  const pitches = group.sounding.map((index) => notes[index]!.pitch);
  const outwards = hand === 'right' ? pitches : pitches.map((pitch) => -pitch).reverse();
  return outwards.map((pitch, at) => ({ pitch, finger: fingers[at]! }));
}

function bestWay(
  fingers: readonly number[],
  group: OnsetGroup,
  before: OnsetGroup | undefined,
  ways: readonly Grip[],
  notes: readonly Played[],
  hand: Hand,
): Grip {
  const now = touches(fingers, group, notes, hand);
  let here = 0;
  now.forEach((touch, at) => {
    here += touchCost(touch);
    if (at > 0) here += spanCost(now[at - 1]!, touch);
  });
  if (now.length > 2) here += spanCost(now[0]!, now[now.length - 1]!);
  const held = new Set(
    group.sounding.filter((_, place) => group.held[place]).map((index) => key(notes[index]!, hand)),
  );
  const isRested = before !== undefined && restBefore(before, group, notes) >= REST;
  let best: Grip | null = null;
  for (const way of ways) {
    const then = before ? touches(way.fingers, before, notes, hand) : [];
    let cost = way.cost + here + heldCost(then, now, held);
    cost += movesCost(then, now, held) * (isRested ? AFTER_REST : 1);
    if (!best || cost < best.cost) best = { fingers, cost, from: way };
  }
  return best!;
}

function key(note: Played, hand: Hand): number {
  return hand === 'right' ? note.pitch : -note.pitch;
}

/** From each key that is let go to each that is struck, as one move for each finger that must find its place. */
function movesCost(then: readonly Touch[], now: readonly Touch[], held: ReadonlySet<number>): number {
  const leaving = then.filter(({ pitch }) => !held.has(pitch));
  const struck = now.filter(({ pitch }) => !held.has(pitch));
  let cost = 0;
  for (const from of leaving) for (const to of struck) cost += moveCost(from, to);
  return cost / Math.max(1, leaving.length, struck.length);
}

/** A finger cannot leave a key that it holds. */
function heldCost(then: readonly Touch[], now: readonly Touch[], held: ReadonlySet<number>): number {
  let cost = 0;
  for (const touch of now) {
    const before = held.has(touch.pitch) ? then.find((each) => each.pitch === touch.pitch) : undefined;
    if (before && before.finger !== touch.finger) cost += 1000;
  }
  return cost;
}

function restBefore(before: OnsetGroup, group: OnsetGroup, notes: readonly Played[]): number {
  const end = Math.max(...before.sounding.map((index) => notes[index]!.start + notes[index]!.duration));
  return group.tick - end;
}

/** Prints the fingers of an onset where its notes do not lie under the position of the one before. */
function printPositions(
  groups: readonly OnsetGroup[],
  chosen: readonly (readonly number[])[],
  notes: readonly Played[],
  hand: Hand,
): void {
  /** White key under the thumb. */
  let position: number | null = null;
  groups.forEach((group, at) => {
    const fingers = hand === 'right' ? chosen[at]! : [...chosen[at]!].reverse();
    if (fingers.length === 0) return;
    if (at > 0 && restBefore(groups[at - 1]!, group, notes) >= 2 * REST) position = null;
    const places = group.sounding.map((index, place) => {
      const outwards = fingers[place]! - 1;
      return diatonic(notes[index]!.note) + (hand === 'right' ? -outwards : outwards);
    });
    if (position === null || places.some((place) => place !== position)) {
      group.sounding.forEach((index, place) => {
        if (!group.held[place]) notes[index]!.note.finger = fingers[place]!;
      });
    }
    // A wide chord has no one position: the next onset says its fingers again.
    position = places.every((place) => place === places[0]) ? places[0]! : null;
  });
}
