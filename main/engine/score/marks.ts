import type { Section } from '../../contract/analysis.ts';
import { ticksPerQuarter } from '../../contract/grid.ts';
import { type MeasureFrame, nearestMeasure } from './measure-frames.ts';
import type { Measure, Tempo, TimeSignature } from './score.ts';
import { tempoWord } from './tempo-words.ts';

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
  return before &&
    before.beats === time.beats &&
    before.beatType === time.beatType &&
    String(before.groups) === String(time.groups)
    ? null
    : time;
}

/**
 * One tempo mark for the song: the recording's drift belongs to the recording, not on the page. Where the beat becomes
 * another note value the mark is repeated for it, since the beat goes on at its speed.
 */
export function tempoAt(frames: readonly MeasureFrame[], measure: number, bpm: number): Tempo | null {
  const beatUnit = tempoUnit(frames[measure]!);
  const before = frames[measure - 1];
  if (before && tempoUnit(before) === beatUnit) return null;
  // Where eighths are counted, they go on at their speed.
  const goesOn = frames.some(({ unit }) => unit === 'eighth');
  const speed = goesOn ? quarterTicks(frames[measure]!) / quarterTicks(frames[0]!) : 1;
  const perMinute = (bpm * speed) / (beatUnit === 'half' ? 2 : 1);
  const word = measure === 0 ? tempoWord(beatUnit === 'eighth' ? perMinute / 2 : perMinute) : '';
  return { word, beatUnit, perMinute };
}

function quarterTicks({ unit }: MeasureFrame): number {
  return ticksPerQuarter(unit);
}

/** Halves are counted where they are the beats of the time signature. */
function tempoUnit({ unit, time }: MeasureFrame): Tempo['beatUnit'] {
  return unit === 'quarter' && time.beatType === 2 ? 'half' : unit;
}

/** The measure's word about its eighths where they are played otherwise than before; songs begin straight. */
export function swingAt(swings: readonly boolean[], measure: number): Measure['swing'] {
  const now = swings[measure]!;
  if (now === (swings[measure - 1] ?? false)) return null;
  return now ? 'swing' : 'straight';
}
