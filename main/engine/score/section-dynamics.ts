import type { Section } from '../../contract/analysis.ts';
import { TICKS_PER_BEAT } from '../../contract/grid.ts';
import { spanSections } from './form-spans.ts';
import type { MeasureFrame } from './measure-frames.ts';
import { type Dynamic, dynamics, type Measure } from './score.ts';

/**
 * Lowest loudness of each dynamic, in dB against the median of the recording. Recordings are compressed: a verse lies
 * some 3 dB under its chorus, a breakdown 6 or more.
 */
const lowest: Record<Dynamic, number> = { pp: Number.NEGATIVE_INFINITY, p: -12, mp: -6, mf: -2, f: 2, ff: 6 };

/**
 * Dynamics by measure: one for each section, from the mean loudness of its beats, where it is another than before.
 *
 * @param loudness dB against the song's median, by beat; nothing is marked where it is empty
 */
export function markDynamics(
  loudness: readonly number[],
  sections: readonly Section[],
  frames: readonly MeasureFrame[],
): Map<number, Dynamic> {
  const marks = new Map<number, Dynamic>();
  let before: Dynamic | null = null;
  for (const { from, to } of spanSections(sections, frames)) {
    const first = frames[from]!.start / TICKS_PER_BEAT;
    const beats = loudness.slice(first, frames[to - 1]!.end / TICKS_PER_BEAT);
    if (beats.length === 0) continue;
    const mean = beats.reduce((sum, each) => sum + each, 0) / beats.length;
    const value: Dynamic = dynamics.findLast((each) => mean >= lowest[each])!;
    if (value !== before) marks.set(from, value);
    before = value;
  }
  return marks;
}

/**
 * Puts dynamics, in place, under the first note that is played from their measures on: under silence they say nothing. One
 * that another follows before any note is left out.
 *
 * @param marks by measure
 */
export function setDynamics(measures: readonly Measure[], marks: readonly (Dynamic | null)[]): void {
  let waiting: Dynamic | null = null;
  measures.forEach(({ voices, directions }, at) => {
    waiting = marks[at] ?? waiting;
    if (waiting === null) return;
    const starts = voices.flatMap(({ events }) =>
      events.flatMap((event) => (event.kind === 'chord' ? [event.at] : [])),
    );
    if (starts.length === 0) return;
    directions.push({ at: Math.min(...starts), staff: 1, mark: { kind: 'dynamic', value: waiting } });
    waiting = null;
  });
}
