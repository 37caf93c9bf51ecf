import type { Arrangement } from '../../../contract/arrangement.ts';
import type { HandFacts, TakeFacts } from '../../../contract/take-facts.ts';
import { assignHands, type Hand, handLimits } from '../../score/hands.ts';
import { groupOnsets } from '../../score/onset-groups.ts';
import { tickToSeconds } from '../../score/time.ts';
import { round } from './round.ts';

/** Spans and leaps beyond this share of a hand's do not count: one wide one makes no hard piece. */
const USUAL = 0.95;

/** What each hand holds and how far it leaps, with the hands that the score gives the notes. */
export function measureHands(
  take: Pick<Arrangement, 'notes' | 'settings' | 'beatTimes' | 'bars'>,
): TakeFacts['hands'] {
  const { notes, settings, beatTimes, bars } = take;
  const { hands } = assignHands(notes, handLimits[settings.level], bars);
  const { groups } = groupOnsets(notes);
  const measure = (hand: Hand): HandFacts => {
    const spans: number[] = [];
    const leaps: number[] = [];
    let held = 0;
    let before: { middle: number; seconds: number } | null = null;
    for (const { sounding, tick } of groups) {
      const own = sounding.filter((index) => hands[index] === hand);
      if (!own.some((index) => notes[index].start === tick)) continue;
      const low = notes[own[0]].pitch;
      const high = notes[own[own.length - 1]].pitch;
      spans.push(high - low);
      held += own.length;
      const middle = (low + high) / 2;
      const seconds = tickToSeconds(beatTimes, tick);
      if (before) leaps.push(Math.abs(middle - before.middle) / Math.max(0.01, seconds - before.seconds));
      before = { middle, seconds };
    }
    if (spans.length === 0) return { widest: 0, span: 0, notes: 0, leap: 0 };
    return {
      widest: Math.max(...spans),
      span: usual(spans),
      notes: round(held / spans.length),
      leap: usual(leaps),
    };
  };
  return { left: measure('left'), right: measure('right') };
}

function usual(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return round(sorted[Math.floor(USUAL * (sorted.length - 1))] ?? 0);
}
