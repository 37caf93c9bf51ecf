import type { OpenSheetMusicDisplay } from 'opensheetmusicdisplay';
import type { BarPlace } from '../score/bar-places.ts';

/** Where one take's staves of a bar stand, in CSS pixels from the score's corner. */
export interface LanePlace {
  x: number;
  width: number;
  y: number;
  height: number;
}

/** CSS pixels of a unit of the engraver, at its own size; units between a staff's top line and its bottom line. */
const UNIT = 10;
const STAFF = 4;

/**
 * Reads where each take's staves stand: for each drawn bar one place a take.
 * @param staves of each take, from the top
 */
export function readLanePlaces(
  display: OpenSheetMusicDisplay,
  bars: readonly BarPlace[],
  staves: readonly number[],
): LanePlace[][] {
  const scale = UNIT * display.zoom;
  return bars.map(({ x, width }, bar) => {
    const measures = display.GraphicSheet.MeasureList[bar]!;
    let from = 0;
    return staves.map((count) => {
      const own = measures.slice(from, from + count);
      from += count;
      const tops = own.flatMap((measure) => measure?.PositionAndShape.AbsolutePosition.y ?? []);
      const y = Math.min(...tops);
      return { x, width, y: y * scale, height: (Math.max(...tops) + STAFF - y) * scale };
    });
  });
}

/** The bar and the take under a point, or null. */
export function laneUnder(
  places: readonly (readonly LanePlace[])[],
  x: number,
  y: number,
): { bar: number; lane: number } | null {
  // A take's staves reach half-way to the next one's.
  const reach = 26;
  for (const [bar, lanes] of places.entries()) {
    for (const [lane, place] of lanes.entries()) {
      const inside = x >= place.x && x < place.x + place.width;
      if (inside && y >= place.y - reach && y < place.y + place.height + reach) return { bar, lane };
    }
  }
  return null;
}
