import type { Analysis, Beat, Key, MelodyNote } from '../../contract/analysis.ts';
import { secondsAt, tickAt } from '../../contract/beat-time.ts';
import { type BeatUnit, TICKS_PER_BEAT } from '../../contract/grid.ts';

import { joinKeys } from './keys.ts';
import { nearestBar } from './sections.ts';
import { closeGaps, type Span } from './spans.ts';

/** Chords change on halves of beats. */
const CHORD_STEP = TICKS_PER_BEAT / 2;
/** Steps that notes of the melody lie on: 16ths and triplets of a quarter, 16ths of a dotted quarter. */
const NOTE_STEPS: Record<BeatUnit, readonly number[]> = {
  quarter: [TICKS_PER_BEAT / 4, TICKS_PER_BEAT / 3],
  'dotted-quarter': [TICKS_PER_BEAT / 6],
};

/**
 * Carries all that lies on the beats over to other beats, by the time at which it sounds: chords to half beats, keys and
 * sections to bar lines, notes to the steps of the beat.
 * @param corrected the analysis with its new beats and metres; all else still lies on the old beats
 */
export function carryOver(corrected: Analysis, old: readonly Beat[]): Analysis {
  const { beats, metres } = corrected;
  const end = beats.length * TICKS_PER_BEAT;
  const toBar = (tick: number) => nearestBar(corrected, tickAt(beats, secondsAt(old, tick)));
  const sections = corrected.sections.map((section) => ({ ...section, start: toBar(section.start) }));
  const onBars = {
    keys: carryKeys(corrected.keys, toBar),
    sections: closeGaps(sections, end),
  };
  if (beats.length === old.length && beats.every((beat, i) => beat.time === old[i].time)) {
    return { ...corrected, ...onBars };
  }
  const move = (tick: number) => tickAt(beats, secondsAt(old, tick));
  const clamp = (tick: number) => Math.min(end, Math.max(0, tick));
  const chords = corrected.chords.map((chord) => ({
    ...chord,
    start: clamp(toStep(move(chord.start), CHORD_STEP)),
  }));
  const steps = NOTE_STEPS[metres[0].unit];
  const toNote = (tick: number) => clamp(toSteps(move(tick), steps));
  const { rests: known = [], ...rest } = corrected;
  const rests = known.map((span) => spanOf(span, toNote)).filter(({ duration }) => duration > 0);
  return {
    ...rest,
    ...onBars,
    chords: closeGaps(chords, end),
    melody: carryMelody(corrected.melody, toNote, Math.min(...steps), end),
    ...(rests.length > 0 ? { rests } : {}),
  };
}

function toStep(tick: number, step: number): number {
  return Math.round(tick / step) * step;
}

/** The nearest step of any of several grids. */
function toSteps(tick: number, steps: readonly number[]): number {
  return steps
    .map((step) => toStep(tick, step))
    .reduce((best, at) => (Math.abs(at - tick) < Math.abs(best - tick) ? at : best));
}

function spanOf({ start, duration }: Span, move: (tick: number) => number): Span {
  const from = move(start);
  return { start: from, duration: move(start + duration) - from };
}

function carryKeys(keys: readonly Key[], toBar: (tick: number) => number): Key[] {
  const moved = keys.map((key, i) => ({ ...key, start: i === 0 ? 0 : toBar(key.start) }));
  // Of two that fall on one bar, the later holds.
  return joinKeys(moved.filter((key, i) => moved[i + 1]?.start !== key.start));
}

function carryMelody(
  melody: readonly MelodyNote[],
  move: (tick: number) => number,
  shortest: number,
  end: number,
): MelodyNote[] {
  const moved = melody.map((note) => {
    const span = spanOf(note, move);
    return { ...note, start: span.start, duration: Math.max(shortest, span.duration) };
  });
  return moved.flatMap((note, i) => {
    const next = moved[i + 1]?.start ?? end;
    const duration = Math.min(note.duration, next - note.start);
    return duration > 0 ? [{ ...note, duration }] : [];
  });
}
