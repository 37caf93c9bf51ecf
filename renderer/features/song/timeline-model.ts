import type { Analysis } from '../../../main/contract/analysis.ts';
import { secondsAt } from '../../../main/contract/beat-time.ts';
import { writeChord } from '../../../main/contract/chord-text.ts';
import { TICKS_PER_BEAT } from '../../../main/contract/grid.ts';
import {
  pitchClassName,
  pitchName,
  type SpellingKey,
  withSigns,
} from '../../../main/contract/pitch-names.ts';

/** Rows of the timeline in which something can be chosen, from top to bottom. */
export const lanes = ['section', 'beat', 'chord', 'key', 'note'] as const;
export type Lane = (typeof lanes)[number];

/** Something on the timeline. */
export interface Item {
  lane: Lane;
  /** Place among the items of its lane, which is that among the analysis' own. */
  index: number;
  /** Ticks. */
  start: number;
  end: number;
  /** Seconds of the recording. */
  from: number;
  to: number;
  /** What is written on it; of a key, the key's tonic alone. */
  label: string;
  confidence: number;
  byHand: boolean;
  /** Of a note that is dragged: the pitch that it is dragged to. */
  pitch?: number;
}

export interface TimelineBar {
  /** As a score numbers it: a pickup is 0. */
  number: number;
  /** Index of its first beat. */
  beat: number;
  time: number;
}

/** An analysis laid out in time, ready to be drawn and pointed at. */
export interface TimelineModel {
  analysis: Analysis;
  items: Record<Lane, readonly Item[]>;
  bars: readonly TimelineBar[];
  /** Seconds of the recording. */
  duration: number;
  lowestPitch: number;
  highestPitch: number;
}

/** The key that holds at a tick. */
export function keyAt(analysis: Analysis, tick: number): SpellingKey {
  return analysis.keys.findLast(({ start }) => start <= tick) ?? analysis.keys[0];
}

export function layOutTimeline(analysis: Analysis): TimelineModel {
  const { beats, chords, keys, melody, sections } = analysis;
  const end = beats.length * TICKS_PER_BEAT;
  const place = (lane: Lane, index: number, span: { start: number; end: number }) => ({
    lane,
    index,
    ...span,
    from: secondsAt(beats, span.start),
    to: secondsAt(beats, span.end),
  });
  const trust = ({ confidence, byHand }: { confidence: number; byHand?: true | undefined }) => ({
    confidence,
    byHand: byHand === true,
  });
  const isPickup = beats.length > 0 && beats[0].position !== 1;
  const first = beats.flatMap(({ position }, i) => (i === 0 || position === 1 ? [i] : []));
  const pitches = melody.map(({ pitch }) => pitch);
  return {
    analysis,
    items: {
      section: sections.map((section, i) => ({
        ...place('section', i, { start: section.start, end: section.start + section.duration }),
        label: section.label,
        ...trust(section),
      })),
      beat: beats.map((beat, i) => ({
        ...place('beat', i, { start: i * TICKS_PER_BEAT, end: (i + 1) * TICKS_PER_BEAT }),
        label: String(beat.position),
        ...trust(beat),
      })),
      chord: chords.map((chord, i) => ({
        ...place('chord', i, { start: chord.start, end: chord.start + chord.duration }),
        label: withSigns(writeChord(chord, keyAt(analysis, chord.start))),
        ...trust(chord),
      })),
      key: keys.map((key, i) => ({
        ...place('key', i, { start: key.start, end: keys[i + 1]?.start ?? end }),
        label: withSigns(pitchClassName(key.tonic, key)),
        ...trust(key),
      })),
      note: melody.map((note, i) => ({
        ...place('note', i, { start: note.start, end: note.start + note.duration }),
        label: withSigns(pitchName(note.pitch, keyAt(analysis, note.start))),
        ...trust(note),
      })),
    },
    bars: first.map((beat, i) => ({ number: i + (isPickup ? 0 : 1), beat, time: beats[beat].time })),
    duration: Math.max(analysis.song.duration, beats.at(-1)?.time ?? 0, 1),
    lowestPitch: pitches.length > 0 ? Math.min(...pitches) - 3 : 57,
    highestPitch: pitches.length > 0 ? Math.max(...pitches) + 3 : 76,
  };
}

/** Index of the last of a list, sorted by `from`, that begins at or before a time; −1 before the first. */
export function indexAt(items: readonly { from: number }[], seconds: number): number {
  let low = -1;
  let high = items.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (items[middle].from <= seconds) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Where a tick lies as musicians say it: bar, and beat of the bar from 1, with a fraction. */
export function placeOf(model: TimelineModel, tick: number): { bar: number; beat: number } {
  const beat = tick / TICKS_PER_BEAT;
  const bar = model.bars.findLast((each) => each.beat <= beat) ?? model.bars[0];
  const whole = model.analysis.beats[Math.floor(beat)];
  const position = whole ? whole.position : 1;
  return { bar: bar.number, beat: position + (beat - Math.floor(beat)) };
}
