import type { KeyboardEvent } from 'react';
import type { Correction } from '../../../main/contract/corrections.ts';
import { TICKS_PER_BEAT } from '../../../main/contract/grid.ts';
import { clampBeat, noteStep } from './drag.ts';
import { type Item, indexAt, type Lane, lanes, type TimelineModel } from './timeline-model.ts';
import { ZOOM_STEP } from './timeline-view.ts';

/** Seconds that a key moves a beat by: one frame of what was heard. */
const NUDGE = 0.01;

/** What a key on the timeline asks for. */
export type KeyWish =
  | { do: 'select'; item: Item }
  | { do: 'correct'; correction: Correction }
  | { do: 'zoom'; factor: number }
  | { do: 'edit' }
  | { do: 'play' };

type Key = Pick<KeyboardEvent, 'key' | 'altKey' | 'ctrlKey' | 'metaKey'>;

/**
 * Reads a key: arrows walk through the items, with Alt they move what is chosen; Enter edits it, Delete removes it, the space bar plays.
 * @param at seconds at which to begin where nothing is chosen
 * @returns null for keys that mean nothing here
 */
export function readKey(model: TimelineModel, selected: Item | null, at: number, key: Key): KeyWish | null {
  if (key.ctrlKey || key.metaKey) return null;
  switch (key.key) {
    case '+':
    case '=':
      return { do: 'zoom', factor: ZOOM_STEP };
    case '-':
      return { do: 'zoom', factor: 1 / ZOOM_STEP };
    case 'Enter':
      return selected ? { do: 'edit' } : null;
    case 'Delete':
    case 'Backspace':
      return toWish(selected && remove(selected));
    case ' ':
      return { do: 'play' };
  }
  if (key.altKey) return toWish(selected && move(model, selected, key.key));
  const item = walk(model, selected, at, key.key);
  return item ? { do: 'select', item } : null;
}

function toWish(correction: Correction | null): KeyWish | null {
  return correction && { do: 'correct', correction };
}

function walk(model: TimelineModel, selected: Item | null, at: number, key: string): Item | null {
  const lane: Lane = selected?.lane ?? 'chord';
  const items = model.items[lane];
  if (!selected && ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown'].includes(key)) {
    return items[Math.max(0, indexAt(items, at))] ?? null;
  }
  switch (key) {
    case 'ArrowRight':
      return items[selected!.index + 1] ?? null;
    case 'ArrowLeft':
      return items[selected!.index - 1] ?? null;
    case 'ArrowDown':
    case 'ArrowUp':
      return nextLane(model, selected!, key === 'ArrowDown' ? 1 : -1);
    case 'Home':
      return items[0] ?? null;
    case 'End':
      return items[items.length - 1] ?? null;
    default:
      return null;
  }
}

/** What lies at the same time in the next lane that has anything. */
function nextLane(model: TimelineModel, selected: Item, step: 1 | -1): Item | null {
  for (let i = lanes.indexOf(selected.lane) + step; i >= 0 && i < lanes.length; i += step) {
    const items = model.items[lanes[i]];
    const item = items[Math.max(0, indexAt(items, selected.from + 0.001))];
    if (item) return item;
  }
  return null;
}

function remove(item: Item): Correction | null {
  switch (item.lane) {
    case 'beat':
      return { kind: 'remove-beat', beat: item.index };
    case 'note':
      return { kind: 'note', start: item.start, note: null };
    case 'section':
      return { kind: 'section-join', start: item.start };
    default:
      return null;
  }
}

/** Moves what is chosen by one step: a beat by a hundredth of a second, borders by half a beat or a bar, notes by a step. */
export function move(model: TimelineModel, item: Item, key: string): Correction | null {
  const by = key === 'ArrowRight' ? 1 : key === 'ArrowLeft' ? -1 : 0;
  const up = key === 'ArrowUp' ? 1 : key === 'ArrowDown' ? -1 : 0;
  if (by === 0 && (up === 0 || item.lane !== 'note')) return null;
  switch (item.lane) {
    case 'beat':
      return {
        kind: 'move-beat',
        beat: item.index,
        time: clampBeat(model, item.index, item.from + by * NUDGE),
      };
    case 'chord':
      return {
        kind: 'chord-border',
        from: item.start,
        to: Math.max(0, item.start + (by * TICKS_PER_BEAT) / 2),
      };
    case 'section': {
      const bar = model.bars.findIndex(({ beat }) => beat * TICKS_PER_BEAT >= item.start);
      const to = model.bars[bar + by];
      return to ? { kind: 'section-border', from: item.start, to: to.beat * TICKS_PER_BEAT } : null;
    }
    case 'note': {
      const { start, duration, pitch } = model.analysis.melody[item.index];
      const moved = { start: Math.max(0, start + by * noteStep(model)), duration, pitch: pitch + up };
      return { kind: 'note', start, note: moved };
    }
    case 'key':
      return null;
  }
}
