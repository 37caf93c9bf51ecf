import type { BarPlace } from '../score/bar-places.ts';

/** A take's score on a desk of its own. */
export interface Column {
  desk: HTMLElement;
  places: readonly BarPlace[];
}

/** Where a column was scrolled to by the others: its own news of that is not passed on. */
const led = new WeakMap<HTMLElement, number>();

/** Scrolls all columns to where one of them has been scrolled: to the same share of the same system. */
export function scrollInStep(leader: string, columns: ReadonlyMap<string, Column>): void {
  const lead = columns.get(leader);
  if (lead === undefined || lead.places.length === 0) return;
  if (Math.abs((led.get(lead.desk) ?? Number.NaN) - lead.desk.scrollTop) < 2) return;
  led.delete(lead.desk);
  const { bar, share } = placeAt(lead, lead.desk.scrollTop);
  for (const [id, column] of columns) {
    if (id === leader || column.places.length === 0) continue;
    const top = Math.round(topAt(column, bar, share));
    led.set(column.desk, Math.min(top, column.desk.scrollHeight - column.desk.clientHeight));
    column.desk.scrollTop = top;
  }
}

/** The first bar of the system at a height, and how far through that system it is. */
function placeAt({ places }: Column, top: number): { bar: number; share: number } {
  const next = places.findIndex(({ y }) => y > top);
  const bar =
    next === -1 ? firstOfSystem(places, places.length - 1) : firstOfSystem(places, Math.max(0, next - 1));
  const from = places[bar]!.y;
  const to = next === -1 ? from + places[bar]!.height : places[next]!.y;
  return { bar, share: to > from ? (top - from) / (to - from) : 0 };
}

function topAt({ places }: Column, bar: number, share: number): number {
  const at = Math.min(bar, places.length - 1);
  const from = places[at]!.y;
  const next = places.find(({ y }) => y > from);
  return from + share * ((next?.y ?? from + places[at]!.height) - from);
}

function firstOfSystem(places: readonly BarPlace[], bar: number): number {
  const { y } = places[bar]!;
  return places.findIndex((place) => place.y === y);
}
