import type { Analysis } from '../../../../main/contract/analysis.ts';
import { TICKS_PER_BEAT } from '../../../../main/contract/grid.ts';

/** Songs of the data set have chords from the first sung bar on; what is heard covers all beats. */
export function closeEnds(analysis: Analysis): Analysis {
  const end = analysis.beats.length * TICKS_PER_BEAT;
  const close = <T extends { start: number; duration: number }>(spans: T[]): T[] =>
    spans
      .filter(({ start }) => start < end)
      .map((span, i, all) => {
        const start = i === 0 ? 0 : span.start;
        return { ...span, start, duration: (all[i + 1]?.start ?? end) - start };
      });
  const melody = analysis.melody.flatMap((note, i, all) => {
    const next = Math.min(end, all[i + 1]?.start ?? end);
    const duration = Math.min(note.duration, next - note.start);
    return duration > 0 ? [{ ...note, duration }] : [];
  });
  return { ...analysis, chords: close(analysis.chords), sections: close(analysis.sections), melody };
}
