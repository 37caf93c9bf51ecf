import type { ArrangedNote, Level } from '../../../contract/arrangement.ts';
import type { HandFacts, TakeFacts } from '../../../contract/take-facts.ts';
import { assignHands, type Hand, handLimits } from '../../score/hands.ts';
import { groupOnsets } from '../../score/onset-groups.ts';
import { round } from './round.ts';

/** Leaps larger than this share of a hand's leaps do not count: one wide one makes no hard piece. */
const USUAL_LEAPS = 0.95;

/** What each hand holds and how far it leaps, with the hands that the score gives the notes. */
export function measureHands(notes: readonly ArrangedNote[], level: Level): TakeFacts['hands'] {
  const { hands } = assignHands(notes, handLimits[level]);
  const { groups } = groupOnsets(notes);
  const measure = (hand: Hand): HandFacts => {
    const spans: number[] = [];
    const leaps: number[] = [];
    let held = 0;
    let before: number | null = null;
    for (const { sounding, tick } of groups) {
      const own = sounding.filter((index) => hands[index] === hand);
      if (!own.some((index) => notes[index].start === tick)) continue;
      const low = notes[own[0]].pitch;
      const high = notes[own[own.length - 1]].pitch;
      spans.push(high - low);
      held += own.length;
      const middle = (low + high) / 2;
      if (before !== null) leaps.push(Math.abs(middle - before));
      before = middle;
    }
    if (spans.length === 0) return { widest: 0, span: 0, notes: 0, leap: 0 };
    leaps.sort((a, b) => a - b);
    return {
      widest: Math.max(...spans),
      span: round(spans.reduce((a, b) => a + b, 0) / spans.length),
      notes: round(held / spans.length),
      leap: round(leaps[Math.floor(USUAL_LEAPS * (leaps.length - 1))] ?? 0),
    };
  };
  return { left: measure('left'), right: measure('right') };
}
