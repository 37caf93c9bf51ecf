import type { BarPlace } from './bar-places.ts';

/** A page of whole systems, in CSS pixels from the beginning of what is laid on pages. */
export interface ScorePage {
  top: number;
  bottom: number;
  /** Its first bar and the one after its last, counted from 0. */
  from: number;
  to: number;
}

/**
 * Cuts a score between its systems into pages. A system that is higher than a page has one of its own.
 * @param places of the bars, from the score's corner
 * @param height of a page
 * @param before what stands above the score on the first page
 */
export function layOutPages(places: readonly BarPlace[], height: number, before: number): ScorePage[] {
  const pages: ScorePage[] = [];
  for (const [bar, { top, bottom }] of places.entries()) {
    const page = pages.at(-1);
    const goesOn = places[bar - 1]?.top === top;
    if (page && (goesOn || before + bottom - page.top <= height + 0.5)) {
      page.bottom = Math.max(page.bottom, before + bottom);
      page.to = bar + 1;
    } else {
      const begin = page ? before + top : 0;
      pages.push({ top: begin, bottom: before + bottom, from: bar, to: bar + 1 });
    }
  }
  return pages;
}

/** The page that a bar stands on; the last where it stands on none. */
export function pageOfBar(pages: readonly ScorePage[], bar: number): number {
  const found = pages.findIndex(({ to }) => bar < to);
  return found === -1 ? Math.max(0, pages.length - 1) : found;
}
