import type { Arrangement } from '../../contract/arrangement.ts';
import { TICKS_PER_BEAT } from '../../contract/grid.ts';
import { spanSections } from './form-spans.ts';
import { groupBy } from './group-by.ts';
import { frameMeasures, type MeasureFrame } from './measure-frames.ts';

/** Where the second eighth of a swung beat is played, and where it is written. */
const PLAYED = (TICKS_PER_BEAT * 2) / 3;
const WRITTEN = TICKS_PER_BEAT / 2;
const TRIPLET = TICKS_PER_BEAT / 3;
/** Fewer swung beats than these are triplets. */
const FEWEST = 4;
/** Swung beats for each straight one, and for each triplet with its middle note, that make a section swing. */
const PER_STRAIGHT = 3;
const PER_TRIPLET = 2;

export interface Straightened {
  arrangement: Arrangement;
  /** Whether eighths are swung, by bar. */
  swings: boolean[];
}

type BeatKind = 'swung' | 'straight' | 'triplet';

/**
 * Reads sections in which off-beats come on the third triplet eighth as swing, and moves those off-beats to where
 * straight eighths stand: a swing mark says the rest. Triplets with their middle note stay triplets.
 */
export function straightenSwing(arrangement: Arrangement): Straightened {
  const frames = frameMeasures(arrangement.bars);
  const kinds = readBeats(arrangement);
  const swings = frames.map(() => false);
  const moved = new Set<number>();
  for (const { from, to } of spanSections(arrangement.sections, frames)) {
    const beats = beatsOf(frames.slice(from, to)).filter((beat) => kinds.has(beat));
    const own = beats.map((beat) => kinds.get(beat)!);
    // A section that says nothing goes on as before.
    const goesOn = from > 0 && swings[from - 1]! && own.every((kind) => kind === 'swung');
    if (!goesOn && !isSwing(own)) continue;
    swings.fill(true, from, to);
    for (const beat of beats) if (kinds.get(beat) === 'swung') moved.add(beat);
  }
  if (moved.size === 0) return { arrangement, swings };
  return { arrangement: moveNotes(arrangement, moved), swings };
}

/** Beats, counted from the song's first, that are quarters. */
function beatsOf(frames: readonly MeasureFrame[]): number[] {
  return frames
    .filter(({ unit }) => unit === 'quarter')
    .flatMap(({ start, end }) =>
      Array.from({ length: (end - start) / TICKS_PER_BEAT }, (_, at) => start / TICKS_PER_BEAT + at),
    );
}

/** Beats in which something begins off the beat. */
function readBeats({ notes, lead }: Arrangement): Map<number, BeatKind> {
  const kinds = new Map<number, BeatKind>();
  const starts = [...notes, ...lead].map(({ start }) => start).filter((start) => start % TICKS_PER_BEAT > 0);
  for (const [beat, group] of groupBy(starts, (start) => Math.floor(start / TICKS_PER_BEAT))) {
    const places = group.map((start) => start % TICKS_PER_BEAT);
    const kind = places.every((place) => place === PLAYED)
      ? 'swung'
      : places.every((place) => place === PLAYED || place === TRIPLET)
        ? 'triplet'
        : 'straight';
    kinds.set(beat, kind);
  }
  return kinds;
}

function isSwing(kinds: readonly BeatKind[]): boolean {
  const count = (kind: BeatKind) => kinds.filter((each) => each === kind).length;
  const swung = count('swung');
  return (
    swung >= FEWEST && swung >= PER_STRAIGHT * count('straight') && swung >= PER_TRIPLET * count('triplet')
  );
}

function moveNotes(arrangement: Arrangement, moved: ReadonlySet<number>): Arrangement {
  const place = (tick: number) => {
    const beat = Math.floor(tick / TICKS_PER_BEAT);
    if (!moved.has(beat)) return tick;
    const inBeat = tick - beat * TICKS_PER_BEAT;
    const written =
      inBeat <= PLAYED
        ? (inBeat * WRITTEN) / PLAYED
        : WRITTEN + ((inBeat - PLAYED) * (TICKS_PER_BEAT - WRITTEN)) / (TICKS_PER_BEAT - PLAYED);
    return beat * TICKS_PER_BEAT + Math.round(written);
  };
  const move = <T extends { start: number; duration: number }>(span: T): T => {
    const start = place(span.start);
    return { ...span, start, duration: Math.max(1, place(span.start + span.duration) - start) };
  };
  return {
    ...arrangement,
    notes: arrangement.notes.map(move),
    lead: arrangement.lead.map(move),
    chords: arrangement.chords.map(move),
  };
}
