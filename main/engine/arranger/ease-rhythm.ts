import type { Bar } from '../../contract/arrangement.ts';
import { type BarUnit, TICKS_PER_BEAT } from '../../contract/grid.ts';
import type { SungNote } from './melody.ts';
import { barIndexAt } from './song-grid.ts';

/** A 16th at 100 quarters a minute, in seconds: shorter ones are not easy. */
const SHORTEST_16TH = 0.15;
const eighth: Record<BarUnit, number> = {
  eighth: TICKS_PER_BEAT,
  quarter: TICKS_PER_BEAT / 2,
  'dotted-quarter': TICKS_PER_BEAT / 3,
};
const TRIPLET = TICKS_PER_BEAT / 3;

/**
 * A melody without the 16ths that are too fast for a player of level easy: what begins between two eighths moves to the
 * stronger of them, or to the other where that one is taken, and is left out where both are. Triplets stay.
 *
 * @param notes in the order of their starts
 * @param bpm of the beats
 */
export function easeRhythm(notes: readonly SungNote[], bars: readonly Bar[], bpm: number): SungNote[] {
  const place = (tick: number) => {
    const unit = bars[barIndexAt(bars, tick)].unit;
    const sixteenth = ((60 / bpm) * (eighth[unit] / 2)) / TICKS_PER_BEAT;
    const isTriplet = unit === 'quarter' && tick % TRIPLET === 0;
    return {
      step: eighth[unit],
      stays: sixteenth >= SHORTEST_16TH || isTriplet || tick % eighth[unit] === 0,
    };
  };
  const last = bars[bars.length - 1];
  const songEnd = last.start + last.beats * TICKS_PER_BEAT;
  const taken = new Set(notes.map(({ start }) => start).filter((start) => place(start).stays));
  // Nothing begins where the song is over.
  taken.add(songEnd);
  const moved = new Map<number, number>();
  for (const { start } of notes) {
    if (moved.has(start)) continue;
    const { step, stays } = place(start);
    const before = Math.floor(start / step) * step;
    const target = stays ? start : choosePlace(before, before + step, taken);
    if (target === null) continue;
    taken.add(target);
    moved.set(start, target);
  }
  const eased = notes
    .flatMap((note) => {
      const start = moved.get(note.start);
      return start === undefined ? [] : [{ ...note, start }];
    })
    .sort((a, b) => a.start - b.start || a.pitch - b.pitch);
  return endAtNext(eased, songEnd).filter(({ start, end }) => end > start);
}

/** The free place of two, the one on the beat first. */
function choosePlace(before: number, after: number, taken: ReadonlySet<number>): number | null {
  const order = after % TICKS_PER_BEAT === 0 ? [after, before] : [before, after];
  return order.find((place) => !taken.has(place)) ?? null;
}

/** One line again: nothing ends before an eighth is over or after the next begins. */
function endAtNext(notes: readonly SungNote[], songEnd: number): SungNote[] {
  return notes.map((note, i) => {
    const next = notes.slice(i + 1).find(({ start }) => start > note.start)?.start ?? songEnd;
    return { ...note, end: Math.min(next, Math.max(note.end, note.start + TICKS_PER_BEAT / 2)) };
  });
}
