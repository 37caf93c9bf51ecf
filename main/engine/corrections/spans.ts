/** A stretch of the song in ticks. */
export interface Span {
  start: number;
  duration: number;
}

/** Cuts `added` out of what is there, then puts it in. Both in order; spans of each never overlap. */
export function overlay<T extends Span>(spans: readonly T[], added: readonly T[]): T[] {
  let left: T[] = [...spans];
  for (const { start, duration } of added) {
    const end = start + duration;
    left = left.flatMap((span) => {
      const spanEnd = span.start + span.duration;
      if (spanEnd <= start || span.start >= end) return [span];
      const pieces: T[] = [];
      if (span.start < start) pieces.push({ ...span, duration: start - span.start });
      if (spanEnd > end) pieces.push({ ...span, start: end, duration: spanEnd - end });
      return pieces;
    });
  }
  return [...left, ...added].toSorted((a, b) => a.start - b.start);
}

/** Makes spans end where the next one starts, the first one at 0 and the last at `end`; what gets no length goes. */
export function closeGaps<T extends Span>(spans: readonly T[], end: number): T[] {
  const sorted = spans.filter((span) => span.start < end).toSorted((a, b) => a.start - b.start);
  const kept = sorted.filter((span, i) => i + 1 === sorted.length || sorted[i + 1].start > span.start);
  return kept.map((span, i) => {
    const start = i === 0 ? 0 : span.start;
    return { ...span, start, duration: (kept[i + 1]?.start ?? end) - start };
  });
}
