import { memo } from 'react';
import type { Marked } from './compare-state.ts';
import { markedBars } from './compare-state.ts';
import type { LanePlace } from './lane-places.ts';

/** CSS pixels by which tints reach over a take's staves. */
const OVERHANG = 12;

interface LaneTintsProps {
  /** Of one take, bar by bar. */
  places: readonly LanePlace[];
  differences: readonly number[];
  isChosen: (bar: number) => boolean;
  marked: Marked | null;
}

/** One take's bars, tinted: where it differs from the others, where it was chosen, what is marked. */
export const LaneTints = memo(function LaneTints({ places, differences, isChosen, marked }: LaneTintsProps) {
  const range = marked && markedBars(marked);
  return (
    <>
      {places.map((place, bar) => {
        const share = differences[bar] ?? 0;
        if (share === 0) return null;
        return (
          <div
            // biome-ignore lint/suspicious/noArrayIndexKey: a bar is its number
            key={bar}
            className="lane-differs"
            style={{ ...boxOf(place), opacity: 0.25 + 0.75 * share }}
          />
        );
      })}
      {stretches(places, isChosen).map((place) => (
        <div key={`${place.y} ${place.x}`} className="lane-chosen" style={boxOf(place)} />
      ))}
      {range === null
        ? null
        : stretches(places, (bar) => bar >= range.first && bar <= range.last).map((place) => (
            <div key={`${place.y} ${place.x}`} className="lane-marked" style={boxOf(place)} />
          ))}
    </>
  );
});

function boxOf({ x, y, width, height }: LanePlace) {
  return {
    insetInlineStart: x,
    inlineSize: width,
    insetBlockStart: y - OVERHANG,
    blockSize: height + 2 * OVERHANG,
  };
}

/** Neighbouring bars that are wanted, as one box on each system. */
function stretches(places: readonly LanePlace[], wanted: (bar: number) => boolean): LanePlace[] {
  const found: LanePlace[] = [];
  let open = false;
  for (const [bar, place] of places.entries()) {
    const before = found.at(-1);
    if (!wanted(bar)) open = false;
    else if (open && before !== undefined && before.y === place.y) {
      before.width = place.x + place.width - before.x;
    } else {
      found.push({ ...place });
      open = true;
    }
  }
  return found;
}
