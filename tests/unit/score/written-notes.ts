import type { Arrangement } from '../../../main/contract/arrangement.ts';
import { frameMeasures, measureAt } from '../../../main/engine/score/measure-frames.ts';
import { DIVISIONS, type Part } from '../../../main/engine/score/score.ts';

/** `pitch@onset+duration`, in divisions. */
export function noteText(pitch: number, onset: number, duration?: number): string {
  return `${pitch}@${Math.round(onset)}${duration === undefined ? '' : `+${Math.round(duration)}`}`;
}

/** Notes of an engraved part, ties merged, in divisions from the start of the score. */
export function notesOfPart(part: Part): { pitch: number; onset: number; duration: number }[] {
  const notes: { pitch: number; onset: number; duration: number; line: string }[] = [];
  let start = 0;
  for (const measure of part.measures) {
    for (const voice of measure.voices) {
      for (const event of voice.events) {
        if (event.kind !== 'chord') continue;
        for (const { pitch, tieStop } of event.notes) {
          const onset = start + event.at;
          const line = `${voice.number} ${pitch}`;
          const before = notes.findLast((each) => each.line === line && each.onset + each.duration === onset);
          if (tieStop && before) before.duration += event.duration;
          else notes.push({ pitch, onset, duration: event.duration, line });
        }
      }
    }
    start += measure.length;
  }
  return notes.map(({ pitch, onset, duration }) => ({ pitch, onset, duration }));
}

/** Place of a tick on the page, in divisions from the start of the score. */
export function placeOf({ bars }: Arrangement): (tick: number) => number {
  const frames = frameMeasures(bars);
  const starts = frames.map((_, at) => frames.slice(0, at).reduce((sum, frame) => sum + frame.length, 0));
  return (tick) => {
    const at = measureAt(frames, tick);
    return starts[at]! + (tick - frames[at]!.start) * frames[at]!.divisionsPerTick;
  };
}

export const QUARTER = DIVISIONS;
