import type { Arrangement } from '../../contract/arrangement.ts';
import { TICKS_PER_BEAT } from '../../contract/grid.ts';

/** The foot goes down after the new harmony has been struck, a twelfth of a beat, so that nothing old rings on. */
const LAG = TICKS_PER_BEAT / 12;
/** Harmonies that change faster than in half a beat are left dry. */
const SHORTEST = TICKS_PER_BEAT / 2;
/** The foot comes up where nothing is struck for so long after the last note has ended. */
const PAUSE = TICKS_PER_BEAT;

/** How long the sustaining pedal is down, in ticks. */
export interface PedalStroke {
  down: number;
  up: number;
}

/**
 * Where a pianist holds the pedal: changed with every harmony and, where one lasts, with every bar; up in pauses. In
 * order, never overlapping.
 */
export function pedalTake({ notes, chords, bars }: Arrangement): PedalStroke[] {
  const strokes: PedalStroke[] = [];
  const places = listChanges(chords, bars);
  const sorted = notes.toSorted((a, b) => a.start - b.start);
  let next = 0;
  places.forEach((from, i) => {
    const to = places[i + 1] ?? Number.POSITIVE_INFINITY;
    let first: number | null = null;
    let last = 0;
    for (; next < sorted.length && sorted[next].start < to; next++) {
      const { start, duration } = sorted[next];
      first ??= Math.max(start, from);
      last = Math.max(last, start + duration);
    }
    if (first === null) return;
    const up = Math.min(to, last + PAUSE);
    if (up - first >= SHORTEST) strokes.push({ down: first + LAG, up });
  });
  return strokes;
}

/** Ticks at which a harmony or a bar begins, rising. */
function listChanges(chords: Arrangement['chords'], bars: Arrangement['bars']): number[] {
  const changes = new Set(bars.map(({ start }) => start));
  let last = '';
  for (const { start, root, quality, bass } of chords.toSorted((a, b) => a.start - b.start)) {
    const name = `${root} ${quality} ${bass}`;
    if (name !== last) changes.add(start);
    last = name;
  }
  return [...changes].sort((a, b) => a - b);
}
