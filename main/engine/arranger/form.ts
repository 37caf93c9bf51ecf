import type { Section } from '../../contract/analysis.ts';
import type { Bar } from '../../contract/arrangement.ts';

/** Where a bar stands in the form: choices are keyed by it, so that what repeats is arranged alike. */
export interface FormPlace {
  label: string;
  /** Bars since the section began. */
  barInSection: number;
}

/** The section of each bar; bars outside all sections share the empty label. */
export function placeBars(bars: readonly Bar[], sections: readonly Section[]): FormPlace[] {
  const sorted = sections.toSorted((a, b) => a.start - b.start);
  let next = 0;
  let current: Section | undefined;
  let began = 0;
  return bars.map((bar, index) => {
    // A section that begins in the bar's second half belongs to the bar after it.
    const middle = bar.start + bar.beats * 24;
    while (next < sorted.length && sorted[next].start <= middle) {
      current = sorted[next++];
      began = index;
    }
    const inside = current !== undefined && middle < current.start + current.duration;
    if (!inside && current !== undefined) {
      current = undefined;
      began = index;
    }
    return { label: current?.label ?? '', barInSection: index - began };
  });
}
