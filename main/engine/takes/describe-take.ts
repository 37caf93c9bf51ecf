import type { Arrangement } from '../../contract/arrangement.ts';
import type { ShownNote, TakeMusic } from '../../contract/takes.ts';
import { measureTake } from '../arranger/facts/measure-take.ts';
import { slotTicks } from '../arranger/song-grid.ts';
import { assignHands, type Hand, handLimits } from '../score/hands.ts';
import { endOf } from './edit-take.ts';

/**
 * What a take is like, its notes with their hands, and its bars.
 * @param isMended whether a person has changed its notes since it was measured
 */
export function describeTake(take: Arrangement, isMended: boolean): Omit<TakeMusic, 'undo' | 'redo'> {
  const limits = handLimits[take.settings.level];
  const { hands, unplayable } = assignHands(take.notes, limits, take.bars);
  const { tonic, mode } = take.keys[0]!;
  return {
    facts: (isMended ? undefined : take.facts) ?? measureTake(take, null),
    beyondHands: unplayable.length,
    bars: take.bars.map(({ start, unit }) => ({ start, step: slotTicks(unit) })),
    end: endOf(take),
    key: { tonic, mode },
    notes: [...showNotes(take, 'notes', hands), ...showNotes(take, 'lead', [])],
  };
}

function showNotes(take: Arrangement, list: 'notes' | 'lead', hands: readonly Hand[]): ShownNote[] {
  const part = list === 'notes' ? 'piano' : 'lead';
  return take[list].map(({ start, duration, pitch, role }, index) => ({
    part,
    start,
    duration,
    pitch,
    role,
    hand: hands[index] ?? 'right',
  }));
}
