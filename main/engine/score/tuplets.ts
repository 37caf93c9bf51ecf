import { TICKS_PER_BEAT } from '../../contract/grid.ts';
import type { Stretch } from './metre-split.ts';
import type { NoteType } from './score.ts';

/** Three notes of `normalType` in the time of two. Positions in divisions from the start of the measure. */
export interface TupletSpan extends Stretch {
  normalType: NoteType;
  /** Written length of a note of `normalType`. */
  normalLength: number;
}

/** How one beat of a voice is divided: triplets in it, and a place that every note must be cut at. */
export interface BeatDivision {
  spans: TupletSpan[];
  cuts: number[];
}

const HALF = TICKS_PER_BEAT / 2;
/** Ticks of a 32nd and of a triplet 16th. */
const THIRTY_SECOND = 6;
const TRIPLET_16TH = 8;
/** Divisions in a tick of a beat that is a quarter. */
const SCALE = 2;

/**
 * Finds the triplets of one quarter-note beat from the places, in ticks within the beat, where chords of the voice
 * begin or end: one triplet through the beat, or one in either half. A triplet never leaves its beat.
 *
 * @param offset of the beat from the measure's start, in divisions
 */
export function divideBeat(places: readonly number[], offset: number): BeatDivision {
  const inside = places.filter((place) => place > 0 && place < TICKS_PER_BEAT);
  const needsTriplet = (place: number) => place % THIRTY_SECOND !== 0;
  if (!inside.some(needsTriplet)) return { spans: [], cuts: [] };
  if (!inside.includes(HALF) && inside.every((place) => place % TRIPLET_16TH === 0)) {
    return { spans: [spanOf(0, TICKS_PER_BEAT, offset)], cuts: [] };
  }
  const spans: TupletSpan[] = [];
  if (inside.some((place) => place < HALF && needsTriplet(place))) spans.push(spanOf(0, HALF, offset));
  if (inside.some((place) => place > HALF && needsTriplet(place))) {
    spans.push(spanOf(HALF, TICKS_PER_BEAT, offset));
  }
  return { spans, cuts: [offset + HALF * SCALE] };
}

function spanOf(from: number, to: number, offset: number): TupletSpan {
  const written = ((to - from) * SCALE * 3) / 2;
  return {
    from: offset + from * SCALE,
    to: offset + to * SCALE,
    normalType: to - from === TICKS_PER_BEAT ? 'eighth' : '16th',
    normalLength: written / 3,
  };
}
