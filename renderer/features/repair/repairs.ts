import { TICKS_PER_BEAT } from '../../../main/contract/grid.ts';
import type { NoteName, ShownNote, TakeEdit, TakeMusic } from '../../../main/contract/takes.ts';
import { nameOf } from './match-notes.ts';

/** The gestures by which a note is mended. */
export const gestures = ['lower', 'higher', 'earlier', 'later', 'shorter', 'longer', 'delete'] as const;
export type Gesture = (typeof gestures)[number];

const LOWEST = 21;
const HIGHEST = 108;

/** A gesture as an edit, with the name that the note has after it; null where it cannot go further. */
export function editOf(
  music: TakeMusic,
  note: ShownNote,
  gesture: Gesture,
): { edit: TakeEdit; after: NoteName | null } | null {
  const name = nameOf(note);
  if (gesture === 'delete') return { edit: { kind: 'delete', note: name }, after: null };
  if (gesture === 'lower' || gesture === 'higher') {
    const pitch = note.pitch + (gesture === 'lower' ? -1 : 1);
    if (pitch < LOWEST || pitch > HIGHEST) return null;
    return { edit: { kind: 'move', note: name, start: note.start, pitch }, after: { ...name, pitch } };
  }
  if (gesture === 'earlier' || gesture === 'later') {
    const start = stepFrom(music, note.start, gesture === 'later');
    if (start === note.start || start >= music.end) return null;
    return { edit: { kind: 'move', note: name, start, pitch: note.pitch }, after: { ...name, start } };
  }
  const held = note.start + note.duration;
  // A key cannot be held beyond where it is struck again.
  const end = Math.min(stepFrom(music, held, gesture === 'longer'), nextStrike(music, note));
  if (end <= note.start || end === held) return null;
  return { edit: { kind: 'hold', note: name, duration: end - note.start }, after: name };
}

/** Tick where a note's key is struck next; Infinity where it is not. */
function nextStrike({ notes }: TakeMusic, { part, pitch, start }: ShownNote): number {
  const next = notes.filter((other) => other.part === part && other.pitch === pitch && other.start > start);
  return Math.min(...next.map((other) => other.start));
}

/** The next line of the grid before or behind a place. */
function stepFrom({ bars, end }: TakeMusic, tick: number, onward: boolean): number {
  // Backwards from a bar line it is the bar before that counts.
  const bar = bars.findLast(({ start }) => (onward ? start <= tick : start < tick)) ?? bars[0]!;
  const steps = (tick - bar.start) / bar.step;
  const next = onward ? Math.floor(steps) + 1 : Math.ceil(steps) - 1;
  return Math.min(end, Math.max(0, bar.start + next * bar.step));
}

/** Where a note begins and how long it is held, as people count. */
export function placeOf({ bars }: TakeMusic, { start, duration }: ShownNote) {
  const bar = Math.max(
    0,
    bars.findLastIndex((each) => each.start <= start),
  );
  const beat = (start - bars[bar]!.start) / TICKS_PER_BEAT + 1;
  return { bar: bar + 1, beat: round(beat), beats: round(duration / TICKS_PER_BEAT) };
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
