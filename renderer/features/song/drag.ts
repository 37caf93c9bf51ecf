import { secondsAt, tickAt } from '../../../main/contract/beat-time.ts';
import type { Correction } from '../../../main/contract/corrections.ts';
import { TICKS_PER_BEAT } from '../../../main/contract/grid.ts';
import type { Hit } from './hit.ts';
import type { Item, TimelineModel } from './timeline-model.ts';

/** Seconds that beats keep from each other. */
const LEAST_GAP = 0.1;
const CHORD_STEP = TICKS_PER_BEAT / 2;

/** Ticks between the places that a note may start at. */
export function noteStep(model: TimelineModel): number {
  return model.analysis.metres[0].unit === 'quarter' ? TICKS_PER_BEAT / 4 : TICKS_PER_BEAT / 6;
}

/**
 * What is dragged, as it would be if it were let go here.
 * @param by seconds that the pointer has moved, and the pitch that it is over, if over one
 */
export function dragItem(
  model: TimelineModel,
  { item, grip }: Hit,
  by: { seconds: number; pitch: number | null },
): Item {
  const { beats } = model.analysis;
  const toTick = (seconds: number, step: number) => Math.round(tickAt(beats, seconds) / step) * step;
  if (item.lane === 'beat') {
    const from = clampBeat(model, item.index, item.from + by.seconds);
    return { ...item, from };
  }
  if (item.lane === 'note') {
    const step = noteStep(model);
    const end = Math.max(item.start + step, toTick(item.to + by.seconds, step));
    if (grip === 'end') return { ...item, end, to: secondsAt(beats, end) };
    const start = Math.max(0, toTick(item.from + by.seconds, step));
    const moved = { start, end: start + item.end - item.start };
    return {
      ...item,
      ...moved,
      from: secondsAt(beats, moved.start),
      to: secondsAt(beats, moved.end),
      pitch: by.pitch ?? model.analysis.melody[item.index].pitch,
    };
  }
  const low = model.items[item.lane][item.index - 1]?.start ?? 0;
  const wanted = tickAt(beats, item.from + by.seconds);
  const places = item.lane === 'section' ? barLines(model) : chordPlaces(low, item.end);
  // It may not reach its neighbours; where there is no place between them it stays.
  const start = places
    .filter((tick) => tick > low && tick < item.end)
    .reduce((best, tick) => (Math.abs(tick - wanted) < Math.abs(best - wanted) ? tick : best), item.start);
  return { ...item, start, from: secondsAt(beats, start) };
}

/** Ticks at which bars begin. */
function barLines(model: TimelineModel): number[] {
  return model.bars.map(({ beat }) => beat * TICKS_PER_BEAT);
}

/** Ticks between two others at which chords may begin. */
function chordPlaces(from: number, to: number): number[] {
  const first = Math.ceil(from / CHORD_STEP);
  return Array.from(
    { length: Math.max(0, Math.ceil(to / CHORD_STEP) - first) },
    (_, i) => (first + i) * CHORD_STEP,
  );
}

/** The correction that letting go makes; null where nothing has changed. */
export function dropItem(model: TimelineModel, before: Item, after: Item): Correction | null {
  switch (after.lane) {
    case 'beat':
      return after.from === before.from ? null : { kind: 'move-beat', beat: after.index, time: after.from };
    case 'chord':
      return after.start === before.start
        ? null
        : { kind: 'chord-border', from: before.start, to: after.start };
    case 'section':
      return after.start === before.start
        ? null
        : { kind: 'section-border', from: before.start, to: after.start };
    case 'note': {
      const own = model.analysis.melody[before.index].pitch;
      const pitch = after.pitch ?? own;
      if (after.start === before.start && after.end === before.end && pitch === own) return null;
      const note = { start: after.start, duration: after.end - after.start, pitch };
      return { kind: 'note', start: before.start, note };
    }
    case 'key':
      return null;
  }
}

/** A beat's time between its neighbours. */
export function clampBeat(model: TimelineModel, index: number, seconds: number): number {
  const { beats } = model.analysis;
  const low = index > 0 ? beats[index - 1].time + LEAST_GAP : 0;
  const high = index + 1 < beats.length ? beats[index + 1].time - LEAST_GAP : model.duration;
  return Math.max(low, Math.min(high, seconds));
}
