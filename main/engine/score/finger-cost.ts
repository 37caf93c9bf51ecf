/**
 * How hard fingers are to use, after Parncutt, Sloboda, Clarke, Raekallio & Desain, "An ergonomic model of keyboard
 * fingering for melodic fragments", Music Perception 14 (1997): its spans and those of its rules that concern one or
 * two notes, with the paper's points. Chords, which the paper leaves out, cost what their fingers span, as in Al
 * Kasimi, Nichols & Raphael, "A simple algorithm for automatic generation of polyphonic piano fingerings", ISMIR 2007.
 */

/** Semitones from the first finger up to the second (right hand): comfortable and relaxed, least and most. */
interface Span {
  leastComfort: number;
  leastRelaxed: number;
  mostRelaxed: number;
  mostComfort: number;
}

function span(leastComfort: number, leastRelaxed: number, mostRelaxed: number, mostComfort: number): Span {
  return { leastComfort, leastRelaxed, mostRelaxed, mostComfort };
}

/** Table 1 of the paper, by fingers. */
const spans: Record<string, Span> = {
  12: span(-3, 1, 5, 8),
  13: span(-2, 3, 7, 10),
  14: span(-1, 5, 9, 12),
  15: span(1, 7, 11, 13),
  23: span(1, 1, 2, 3),
  24: span(1, 3, 4, 5),
  25: span(2, 5, 6, 8),
  34: span(1, 1, 2, 2),
  35: span(1, 3, 4, 5),
  45: span(1, 1, 2, 3),
};

/** A leap is a leap: how far beyond what the hand reaches no longer matters for which finger takes it. */
const WORST = 24;
/** One finger on two keys in a row. */
const HOP = 4;

/** A finger on a key. Pitches of the left hand are mirrored, so that its thumb is on the left as well. */
export interface Touch {
  pitch: number;
  finger: number;
}

function isBlack(pitch: number): boolean {
  return [1, 3, 6, 8, 10].includes(Math.abs(pitch) % 12);
}

/** Stretch, small-span and large-span rules for two fingers, whichever is higher. */
export function spanCost(a: Touch, b: Touch): number {
  if (a.finger === b.finger)
    return a.pitch === b.pitch ? 0 : HOP + Math.min(WORST, Math.abs(a.pitch - b.pitch));
  const [low, high] = a.finger < b.finger ? [a, b] : [b, a];
  const { leastComfort, leastRelaxed, mostRelaxed, mostComfort } = spans[`${low.finger}${high.finger}`]!;
  const interval = high.pitch - low.pitch;
  const perSemitone = low.finger === 1 ? 1 : 2;
  const cost =
    2 * Math.max(0, interval - mostComfort, leastComfort - interval) +
    perSemitone * Math.max(0, leastRelaxed - interval, interval - mostRelaxed);
  return Math.min(WORST, cost);
}

/** Weak-finger rule, and the share of the black-key rules that a note has by itself. */
export function touchCost({ finger, pitch }: Touch): number {
  return (finger >= 4 ? 1 : 0) + (finger === 1 && isBlack(pitch) ? 1 : 0);
}

/** Rules for one note after another. */
export function moveCost(before: Touch, after: Touch): number {
  let cost = spanCost(before, after);
  if (before.finger === 3 && after.finger === 4) {
    cost += 1;
    if (!isBlack(before.pitch) && isBlack(after.pitch)) cost += 1;
  }
  for (const [one, other] of [
    [before, after],
    [after, before],
  ] as const) {
    if ((one.finger === 1 || one.finger === 5) && isBlack(one.pitch) && !isBlack(other.pitch)) cost += 2;
  }
  return cost + passCost(before, after);
}

/** The thumb under the hand, or the hand over the thumb. */
function passCost(before: Touch, after: Touch): number {
  if (before.finger === after.finger) return 0;
  const thumb = before.finger === 1 ? before : after.finger === 1 ? after : null;
  if (!thumb) return 0;
  const other = thumb === before ? after : before;
  if (thumb.pitch <= other.pitch) return 0;
  return isBlack(thumb.pitch) && !isBlack(other.pitch) ? 3 : 1;
}
