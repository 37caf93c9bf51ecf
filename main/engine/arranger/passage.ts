import type { Arrangement, BarSpan } from '../../contract/arrangement.ts';
import { SongleafError } from '../../contract/errors.ts';
import { TICKS_PER_BEAT } from '../../contract/grid.ts';
import { barTicks } from './song-grid.ts';

/**
 * The bars of a passage as a take of their own: it begins at tick 0, in the time of the recording.
 * @throws SongleafError `bad-request` where the passage begins behind the last bar
 */
export function cutPassage(take: Arrangement, { first, last }: BarSpan): Arrangement {
  const bars = take.bars.slice(first, last + 1);
  const closing = bars.at(-1);
  if (!closing) {
    throw new SongleafError(
      'bad-request',
      `“${take.song.title}” has ${take.bars.length} bars, so nothing begins at bar ${first + 1}.`,
      'Choose bars that the song has.',
    );
  }
  const from = bars[0].start;
  const to = closing.start + barTicks(closing);
  const [firstBeat, lastBeat] = [from / TICKS_PER_BEAT, to / TICKS_PER_BEAT];
  const cutNotes = <T extends { start: number; duration: number }>(notes: readonly T[]) =>
    notes.filter(({ start }) => start >= from && start < to).map((note) => cutSpan(note, from, to));
  const cutSpans = <T extends { start: number; duration: number }>(spans: readonly T[]) =>
    spans
      .filter(({ start, duration }) => start < to && start + duration > from)
      .map((span) => cutSpan(span, from, to));
  const { loudness } = take;
  return {
    ...take,
    beatTimes: take.beatTimes.slice(firstBeat, lastBeat + 1),
    bars: bars.map((bar) => ({ ...bar, start: bar.start - from })),
    metres: cutStates(take.metres, from, to),
    keys: cutStates(take.keys, from, to),
    chords: cutSpans(take.chords),
    sections: cutSpans(take.sections),
    ...(loudness ? { loudness: loudness.slice(firstBeat, lastBeat) } : {}),
    notes: cutNotes(take.notes),
    lead: cutNotes(take.lead),
  };
}

/** The part of a span from one tick to another, in ticks from the former. */
export function cutSpan<T extends { start: number; duration: number }>(span: T, from: number, to: number): T {
  const start = Math.max(span.start, from);
  return { ...span, start: start - from, duration: Math.min(span.start + span.duration, to) - start };
}

/** What holds until the next one: the last that began before the passage holds at its begin. */
function cutStates<T extends { start: number }>(states: readonly T[], from: number, to: number): T[] {
  const before = states.filter(({ start }) => start <= from);
  const opening = before.length === 0 ? states.slice(0, 1) : before.slice(-1);
  const inside = states.filter(
    ({ start }) => start > from && start < to && !opening.some((o) => o.start === start),
  );
  return [
    ...opening.map((state) => ({ ...state, start: 0 })),
    ...inside.map((s) => ({ ...s, start: s.start - from })),
  ];
}
