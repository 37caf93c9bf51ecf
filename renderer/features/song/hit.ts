import { pitchAt, pitchY, type Rows, rowAt } from './timeline-lanes.ts';
import { type Item, indexAt, lanes, type TimelineModel } from './timeline-model.ts';
import type { TimelineView } from './timeline-view.ts';

/** Pixels from a border or a beat within which it can be taken hold of. */
const GRIP = 6;

/** What lies under the pointer. */
export interface Hit {
  item: Item;
  /** `start`: its beginning can be dragged; `whole`: it can be dragged as a whole; null: it can only be chosen. */
  grip: 'start' | 'end' | 'whole' | null;
}

/** What lies at a point of the timeline, or null. */
export function hitTest(
  model: TimelineModel,
  view: TimelineView,
  rows: Rows,
  point: { x: number; y: number },
): Hit | null {
  const name = rowAt(rows, point.y);
  const seconds = view.from + point.x / view.scale;
  const reach = GRIP / view.scale;
  if (name === 'beat' || name === 'wave') return hitBeat(model, seconds, name === 'beat' ? 3 * reach : reach);
  const lane = lanes.find((each) => each === name);
  if (!lane) return null;
  const items = model.items[lane];
  if (lane === 'note') return hitNote(model, rows, seconds, point.y, reach);
  const next = items[indexAt(items, seconds + reach)];
  if (!next) return null;
  const isAtBorder = Math.abs(next.from - seconds) <= reach && next.index > 0;
  if (isAtBorder && lane !== 'key') return { item: next, grip: 'start' };
  const item = items[indexAt(items, seconds)];
  return item && item.to > seconds ? { item, grip: null } : null;
}

function hitBeat(model: TimelineModel, seconds: number, reach: number): Hit | null {
  const { beat } = model.items;
  const before = indexAt(beat, seconds);
  const nearest = [beat[before], beat[before + 1]]
    .filter((each): each is Item => each !== undefined)
    .toSorted((a, b) => Math.abs(a.from - seconds) - Math.abs(b.from - seconds))[0];
  return nearest && Math.abs(nearest.from - seconds) <= reach ? { item: nearest, grip: 'whole' } : null;
}

function hitNote(model: TimelineModel, rows: Rows, seconds: number, y: number, reach: number): Hit | null {
  const { note } = model.items;
  const { lowestPitch, highestPitch, analysis } = model;
  const item = note[indexAt(note, seconds)];
  if (!item || item.to < seconds) return null;
  const middle = pitchY(rows.note, analysis.melody[item.index].pitch, lowestPitch, highestPitch);
  const half = Math.max(5, rows.note.height / (highestPitch - lowestPitch + 1));
  if (Math.abs(y - middle) > half) return null;
  const isAtEnd = item.to - seconds < reach && item.to - item.from > 3 * reach;
  return { item, grip: isAtEnd ? 'end' : 'whole' };
}

/** The pitch under the pointer, or null outside the melody. */
export function pitchUnder(model: TimelineModel, rows: Rows, y: number): number | null {
  if (rowAt(rows, y) !== 'note') return null;
  return pitchAt(rows.note, y, model.lowestPitch, model.highestPitch);
}
