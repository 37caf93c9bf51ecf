import type { Section } from '../../contract/analysis.ts';
import { type MeasureFrame, nearestMeasure } from './measure-frames.ts';
import type { Tempo, TimeSignature } from './score.ts';

/** Rehearsal marks by measure: each section at the bar line nearest to its start, two at one bar line side by side. */
export function markSections(
  sections: readonly Section[],
  frames: readonly MeasureFrame[],
): Map<number, string> {
  const marks = new Map<number, string>();
  for (const { start, label } of [...sections].sort((a, b) => a.start - b.start)) {
    const measure = nearestMeasure(frames, start);
    const before = marks.get(measure);
    marks.set(measure, before === undefined ? label : `${before}, ${label}`);
  }
  return marks;
}

/** The measure's time signature where it differs from the one before. */
export function timeAt(frames: readonly MeasureFrame[], measure: number): TimeSignature | null {
  const { time } = frames[measure]!;
  const before = frames[measure - 1]?.time;
  return before && before.beats === time.beats && before.beatType === time.beatType ? null : time;
}

/**
 * One tempo mark for the song: the recording's drift belongs to the recording, not on the page. Where the beat becomes
 * another note value the mark is repeated for it, since the beat goes on at its speed.
 */
export function tempoAt(frames: readonly MeasureFrame[], measure: number, bpm: number): Tempo | null {
  const { unit } = frames[measure]!;
  if (frames[measure - 1]?.unit === unit) return null;
  return { beatUnit: unit, perMinute: bpm };
}
