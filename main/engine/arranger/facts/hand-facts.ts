import type { Arrangement } from '../../../contract/arrangement.ts';
import type { HandFacts, TakeFacts } from '../../../contract/take-facts.ts';
import { assignHands, type Hand, handLimits } from '../../score/hands.ts';
import { groupOnsets } from '../../score/onset-groups.ts';
import { tickToSeconds } from '../../score/time.ts';
import { HandPlace } from '../hand-place.ts';
import { round } from './round.ts';

/** Spans beyond this share of a hand's do not count: one wide one makes no hard piece. */
const USUAL = 0.95;

/** What each hand holds and how far it leaps, with the hands that the score gives the notes. */
export function measureHands(
  take: Pick<Arrangement, 'notes' | 'settings' | 'beatTimes' | 'bars'>,
): TakeFacts['hands'] {
  const { notes, settings, beatTimes, bars } = take;
  const { hands } = assignHands(notes, handLimits[settings.level], bars);
  const { groups } = groupOnsets(notes);
  const seconds = Math.max(0.1, beatTimes[beatTimes.length - 1] - tickToSeconds(beatTimes, 0));
  const measure = (hand: Hand): HandFacts => {
    const spans: number[] = [];
    let held = 0;
    let travel = 0;
    const place = new HandPlace();
    for (const { sounding, tick } of groups) {
      const own = sounding.filter((index) => hands[index] === hand);
      const struck = own.filter((index) => notes[index].start === tick);
      if (struck.length === 0) continue;
      spans.push(notes[own[own.length - 1]].pitch - notes[own[0]].pitch);
      held += own.length;
      travel += place.reach(notes[struck[0]].pitch, notes[struck[struck.length - 1]].pitch);
    }
    if (spans.length === 0) return { widest: 0, span: 0, notes: 0, leap: 0 };
    spans.sort((a, b) => a - b);
    return {
      widest: spans[spans.length - 1],
      span: spans[Math.floor(USUAL * (spans.length - 1))],
      notes: round(held / spans.length),
      leap: round(travel / seconds),
    };
  };
  return { left: measure('left'), right: measure('right') };
}
