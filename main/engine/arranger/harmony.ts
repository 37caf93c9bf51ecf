import type { Analysis, Chord } from '../../contract/analysis.ts';
import { chordIntervals } from '../chord-intervals.ts';

/** A stretch of one chord. Spans are contiguous over the whole song. */
export interface HarmonySpan {
  start: number;
  end: number;
  /** False where no chord was heard: the tones are then a bare fifth to stand on. */
  heard: boolean;
  /** Pitch classes in the order of `chordIntervals`: root first, third second. */
  tones: readonly number[];
  /** Pitch class of the bass; may be outside `tones` in a slash chord. */
  bass: number;
}

/** Pitch classes of a chord, root first; empty for no chord. */
export function chordTones(chord: Pick<Chord, 'root' | 'quality'>): number[] {
  const { root, quality } = chord;
  if (root === null || quality === null) return [];
  return chordIntervals[quality].map((semitones) => (root + semitones) % 12);
}

/** Pitch classes in the order in which a thinned chord keeps them: third, altered fifth or colour, root, fifth. */
export function tonesByImportance(span: HarmonySpan): number[] {
  const [root, third, fifth, ...colour] = span.tones;
  if (third === undefined) return [root!];
  if (fifth === undefined) return [root!, third];
  const plainFifth = (fifth - root! + 12) % 12 === 7;
  return plainFifth ? [third, ...colour, root!, fifth] : [third, fifth, ...colour, root!];
}

/**
 * Lays the chords end to end from 0 to `end`. A later chord cuts an earlier one short; where no chord was heard the
 * span takes the root of the chord after it (or before it, or the key's tonic) with its fifth.
 */
export function layOutHarmony(analysis: Analysis, end: number): HarmonySpan[] {
  const chords = analysis.chords
    .filter((chord) => chord.start < end)
    .toSorted((a, b) => a.start - b.start || b.duration - a.duration);
  const spans: HarmonySpan[] = [];
  let tick = 0;
  const addGap = (until: number) => {
    if (until > tick) spans.push({ start: tick, end: until, heard: false, tones: [], bass: 0 });
  };
  chords.forEach((chord, i) => {
    const start = Math.max(chord.start, tick);
    const next = chords[i + 1]?.start ?? end;
    const stop = Math.min(chord.start + chord.duration, next, end);
    if (stop <= start) return;
    addGap(start);
    const tones = chordTones(chord);
    const heard = tones.length > 0;
    spans.push({ start, end: stop, heard, tones, bass: chord.bass ?? tones[0] ?? 0 });
    tick = stop;
  });
  addGap(end);
  return joinEqual(standOnFifths(analysis, spans));
}

function standOnFifths(analysis: Analysis, spans: readonly HarmonySpan[]): HarmonySpan[] {
  const tonic = analysis.keys[0].tonic;
  const lastRoot = spans.findLast((span) => span.heard)?.tones[0] ?? tonic;
  let next = lastRoot;
  return spans
    .toReversed()
    .map((span) => {
      if (span.heard) {
        next = span.tones[0];
        return span;
      }
      return { ...span, tones: [next, (next + 7) % 12], bass: next };
    })
    .reverse();
}

function joinEqual(spans: readonly HarmonySpan[]): HarmonySpan[] {
  const joined: HarmonySpan[] = [];
  for (const span of spans) {
    const last = joined.at(-1);
    if (
      last &&
      last.heard === span.heard &&
      last.bass === span.bass &&
      String(last.tones) === String(span.tones)
    ) {
      last.end = span.end;
    } else {
      joined.push({ ...span });
    }
  }
  return joined;
}

/** The span that holds `tick`; the last one for ticks after the end. */
export function harmonyAt(spans: readonly HarmonySpan[], tick: number): HarmonySpan {
  let low = 0;
  let high = spans.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (spans[middle].start <= tick) low = middle;
    else high = middle - 1;
  }
  return spans[low];
}
