import type { ArrangedNote, Arrangement } from '../../contract/arrangement.ts';
import { TICKS_PER_BEAT } from '../../contract/grid.ts';

/**
 * Fills a last bar that stops with the recording in the middle of its metre: up to the whole bar, or to the bar that a
 * pickup makes whole. What sounds to the end goes on to the new one.
 */
export function fillLastBar(arrangement: Arrangement): Arrangement {
  const { bars, notes, lead } = arrangement;
  const [first, last] = [bars[0], bars[bars.length - 1]!];
  if (bars.length < 2 || last.beats >= last.metreBeats) return arrangement;
  const isPickup = first.beats < first.metreBeats && first.metreBeats === last.metreBeats;
  const rest = isPickup ? last.metreBeats - first.beats : last.metreBeats;
  const beats = last.beats <= rest ? rest : last.metreBeats;
  if (beats === last.beats) return arrangement;
  const end = last.start + last.beats * TICKS_PER_BEAT;
  const more = (beats - last.beats) * TICKS_PER_BEAT;
  const holdOn = (note: ArrangedNote) =>
    note.start + note.duration < end ? note : { ...note, duration: note.duration + more };
  return {
    ...arrangement,
    bars: [...bars.slice(0, -1), { ...last, beats }] as Arrangement['bars'],
    notes: notes.map(holdOn),
    lead: lead.map(holdOn),
  };
}
