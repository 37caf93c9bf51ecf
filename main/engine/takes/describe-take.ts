import type { Arrangement } from '../../contract/arrangement.ts';
import type { MusicFacts, ShownNote, TakeMusic } from '../../contract/takes.ts';
import { slotTicks } from '../arranger/song-grid.ts';
import { assignHands, type Hand, handLimits } from '../score/hands.ts';
import { endOf } from './edit-take.ts';

/** What a take is like, its notes with their hands, and its bars. */
export function describeTake(take: Arrangement): Omit<TakeMusic, 'undo' | 'redo'> {
  const limits = handLimits[take.settings.level];
  const { hands, unplayable } = assignHands(take.notes, limits, take.bars);
  const reach = measureReach(take, hands);
  const seconds = take.beatTimes.at(-1)! - take.beatTimes[0]!;
  const facts: MusicFacts = {
    notes: take.notes.length,
    notesPerSecond: seconds > 0 ? Math.round((take.notes.length / seconds) * 100) / 100 : 0,
    ...reach,
    beyondHands: unplayable.length,
  };
  return {
    facts,
    bars: take.bars.map(({ start, unit }) => ({ start, step: slotTicks(unit) })),
    end: endOf(take),
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

/** What a hand holds at the moments at which it strikes. */
function measureReach({ notes }: Arrangement, hands: readonly Hand[]): { widest: number; thickest: number } {
  let widest = 0;
  let thickest = 0;
  const held: Record<Hand, { pitch: number; end: number }[]> = { left: [], right: [] };
  for (const [index, { start, duration, pitch }] of notes.entries()) {
    const hand = hands[index]!;
    const own = held[hand].filter(({ end }) => end > start);
    own.push({ pitch, end: start + duration });
    held[hand] = own;
    const pitches = own.map((each) => each.pitch);
    widest = Math.max(widest, Math.max(...pitches) - Math.min(...pitches));
    thickest = Math.max(thickest, own.length);
  }
  return { widest, thickest };
}
