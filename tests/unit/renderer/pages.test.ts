import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BarPlace } from '../../../renderer/features/score/bar-places.ts';
import { layOutPages, pageOfBar } from '../../../renderer/features/score/pages.ts';

/** Bars of systems one under the other. */
function placesOf(systems: readonly { bars: number; height: number }[]): BarPlace[] {
  let top = 0;
  return systems.flatMap(({ bars, height }) => {
    const y = top;
    top += height;
    return Array.from({ length: bars }, (_, i) => ({
      x: 100 * i,
      width: 100,
      y: y + 20,
      height: height - 40,
      top: y,
      bottom: y + height,
      points: [],
    }));
  });
}

const anySystems = fc.array(
  fc.record({ bars: fc.integer({ min: 1, max: 6 }), height: fc.integer({ min: 60, max: 700 }) }),
  { minLength: 1, maxLength: 40 },
);

describe('pages of a score', () => {
  it('hold every bar once, in whole systems, and no more than there is room for', () => {
    fc.assert(
      fc.property(
        anySystems,
        fc.integer({ min: 200, max: 1200 }),
        fc.integer({ min: 0, max: 150 }),
        (systems, height, before) => {
          const places = placesOf(systems);
          const pages = layOutPages(places, height, before);
          expect(pages[0]).toMatchObject({ top: 0, from: 0 });
          expect(pages.at(-1)!.to).toBe(places.length);
          for (const [i, page] of pages.entries()) {
            if (i > 0) expect(page.from).toBe(pages[i - 1]!.to);
            const own = places.slice(page.from, page.to);
            for (const { top, bottom } of own) {
              expect(before + top).toBeGreaterThanOrEqual(page.top);
              expect(before + bottom).toBeLessThanOrEqual(page.bottom);
            }
            const next = places[page.to];
            if (next) expect(next.top).toBeGreaterThan(own.at(-1)!.top);
            if (new Set(own.map(({ top }) => top)).size > 1) {
              expect(page.bottom - page.top).toBeLessThanOrEqual(height + 0.5);
            }
          }
          for (const bar of places.keys()) {
            const { from, to } = pages[pageOfBar(pages, bar)]!;
            expect(from <= bar && bar < to).toBe(true);
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  it('fill up before the next begins', () => {
    const pages = layOutPages(placesOf(Array.from({ length: 5 }, () => ({ bars: 3, height: 200 }))), 450, 50);
    expect(pages.map(({ from, to }) => [from, to])).toEqual([
      [0, 6],
      [6, 12],
      [12, 15],
    ]);
  });
});
