import type { Section } from '../../contract/analysis.ts';
import { type MeasureFrame, nearestMeasure } from './measure-frames.ts';

/** Measures from `from` to `to` (exclusive). */
export interface MeasureSpan {
  from: number;
  to: number;
}

/** The measures of each section, and what lies before the first: together the whole song, in order, none empty. */
export function spanSections(sections: readonly Section[], frames: readonly MeasureFrame[]): MeasureSpan[] {
  const starts = new Set([0, ...sections.map(({ start }) => nearestMeasure(frames, start))]);
  const sorted = [...starts].sort((a, b) => a - b);
  return sorted.map((from, at) => ({ from, to: sorted[at + 1] ?? frames.length }));
}
