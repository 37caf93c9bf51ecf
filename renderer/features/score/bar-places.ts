import type { GraphicalMeasure, OpenSheetMusicDisplay } from 'opensheetmusicdisplay';

/** Where a bar stands on the drawn score, in CSS pixels from the score's corner. */
export interface BarPlace {
  x: number;
  width: number;
  /** Of the whole system: from its highest staff line to its lowest. */
  y: number;
  height: number;
  /** Of everything that belongs to the system: notes above and below, marks, chord symbols. */
  top: number;
  bottom: number;
  /** Where times of the bar stand, by the share of the bar before them: 0 to 1, rising. */
  points: readonly { share: number; x: number }[];
}

/** CSS pixels of a unit of the engraver, at its own size. */
const UNIT = 10;
/** Units between a staff's top line and its bottom line. */
const STAFF = 4;

/** Reads where the first `count` bars have been drawn. */
export function readBarPlaces(display: OpenSheetMusicDisplay, count: number): BarPlace[] {
  const scale = UNIT * display.zoom;
  const places: BarPlace[] = [];
  for (const staves of display.GraphicSheet.MeasureList.slice(0, count)) {
    const measures = staves.filter((measure) => measure?.ParentStaffLine !== undefined);
    const [first] = measures;
    if (first === undefined) break;
    const tops = measures.map((measure) => measure.PositionAndShape.AbsolutePosition.y);
    const x = first.PositionAndShape.AbsolutePosition.x;
    const y = Math.min(...tops);
    const { AbsolutePosition, BorderTop, BorderBottom } =
      first.ParentStaffLine.ParentMusicSystem.PositionAndShape;
    places.push({
      x: x * scale,
      width: first.PositionAndShape.Size.width * scale,
      y: y * scale,
      height: (Math.max(...tops) + STAFF - y) * scale,
      top: (AbsolutePosition.y + BorderTop) * scale,
      bottom: (AbsolutePosition.y + BorderBottom) * scale,
      points: readPoints(measures).map((point) => ({ share: point.share, x: point.x * scale })),
    });
  }
  return places;
}

/** The notes of all staves by their time in the bar, then the bar line. */
function readPoints(measures: readonly GraphicalMeasure[]): { share: number; x: number }[] {
  const [first] = measures;
  const duration = first!.parentSourceMeasure.Duration.RealValue;
  const at = new Map<number, number>();
  for (const { staffEntries } of measures) {
    for (const { relInMeasureTimestamp, PositionAndShape } of staffEntries) {
      const share = relInMeasureTimestamp.RealValue / duration;
      const x = PositionAndShape.AbsolutePosition.x;
      at.set(share, Math.min(x, at.get(share) ?? x));
    }
  }
  const { AbsolutePosition, Size } = first!.PositionAndShape;
  const points = [...at].map(([share, x]) => ({ share, x })).filter(({ share }) => share >= 0 && share < 1);
  points.sort((a, b) => a.share - b.share);
  // Whole rests stand in the middle of the bar, which is not where it begins.
  const begin = AbsolutePosition.x + first!.beginInstructionsWidth;
  if (points[0]?.share !== 0) points.unshift({ share: 0, x: begin });
  else if (points.length === 1) points[0] = { share: 0, x: Math.min(points[0]!.x, begin + 1) };
  return [...points, { share: 1, x: AbsolutePosition.x + Size.width }];
}

/** The place of a time in a bar: between two points in even steps. */
export function xAt({ points }: BarPlace, share: number): number {
  let next = points.findIndex((point) => point.share > share);
  if (next === -1) next = points.length - 1;
  const [a, b] = [points[Math.max(0, next - 1)]!, points[next]!];
  return b.share > a.share ? a.x + ((share - a.share) / (b.share - a.share)) * (b.x - a.x) : a.x;
}

/** The bar under a point of the score, or null. A bar reaches a little above and below its staves. */
export function barUnder(places: readonly BarPlace[], x: number, y: number): number | null {
  const reach = 30;
  const found = places.findIndex(
    (place) =>
      x >= place.x && x < place.x + place.width && y >= place.y - reach && y < place.y + place.height + reach,
  );
  return found === -1 ? null : found;
}
