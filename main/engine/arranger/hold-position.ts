import { groupBy } from '../score/group-by.ts';
import type { LayerNote } from './layers.ts';
import type { MelodyView } from './melody.ts';
import type { Song } from './song.ts';
import { barIndexAt, type SongGrid } from './song-grid.ts';

const OCTAVE = 12;
/** The left hand's position begins between F2, under the bass staff without a ledger line, and C3. */
const LOWEST = 41;
const HIGHEST = 48;
/** Where the right hand's position begins if it may. */
const MIDDLE_C = 60;
/** A bass note that would lie at or above the melody counts as a leap of so many semitones. */
const CROSSING = 36;

/**
 * Puts the accompaniment of level easy where the hands lie: everything of the left hand inside one octave throughout the
 * song, and what fills the right hand within an octave with the melody of its bar or the last before. Notes move by
 * octaves only; the melody stays, so that bars in which it spans more than an octave are as wide as it is.
 */
export function holdPosition(
  notes: readonly LayerNote[],
  { harmony, melody, grid: { bars } }: Pick<Song, 'harmony' | 'melody' | 'grid'>,
): LayerNote[] {
  const isLeft = ({ layer }: LayerNote) => layer === 'bass' || layer === 'lower';
  const low = chooseLow(harmony, melody);
  const left = notes.filter(isLeft).map((note) => ({ ...note, pitch: foldFrom(low, note.pitch) }));
  const right = notes.filter(({ layer }) => layer === 'upper');
  return [
    ...notes.filter(({ layer }) => layer === 'melody'),
    ...dropTwins(left),
    ...dropTwins(fillNear(right, melody, bars, low)),
  ];
}

/** The octave above a pitch, that pitch included. */
function foldFrom(low: number, pitch: number): number {
  return low + ((((pitch - low) % OCTAVE) + OCTAVE) % OCTAVE);
}

/**
 * Where the chords' bass notes make the smoothest line under the melody; the lower of equals. It does not depend on the
 * notes, so that bars that are written again lie under the same hand.
 */
function chooseLow(harmony: Song['harmony'], melody: MelodyView): number {
  const tops = harmony.map(({ start }) => melody.range(start, start + 1)?.low ?? Number.POSITIVE_INFINITY);
  let best = LOWEST;
  let least = Number.POSITIVE_INFINITY;
  for (let low = LOWEST; low <= HIGHEST; low++) {
    const line = harmony.map(({ bass }) => foldFrom(low, bass));
    const cost = line.reduce((sum, pitch, at) => {
      const leap = Math.abs(pitch - (line[at - 1] ?? pitch));
      return sum + leap + (pitch >= tops[at]! ? CROSSING : 0);
    }, 0);
    if (cost < least) [best, least] = [low, cost];
  }
  return best;
}

/** Moves what fills the right hand into the octave that its melody lies in, above the left hand. */
function fillNear(
  right: readonly LayerNote[],
  melody: MelodyView,
  bars: SongGrid['bars'],
  low: number,
): LayerNote[] {
  const filled: LayerNote[] = [];
  let hand: { low: number; high: number } | null = null;
  const inBars = groupBy(right, ({ start }) => barIndexAt(bars, start));
  bars.forEach((bar, index) => {
    const sung = melody.range(bar.start, bars[index + 1]?.start ?? Number.POSITIVE_INFINITY);
    if (sung) hand = sung;
    for (const note of inBars.get(index) ?? []) {
      const bottom = Math.max(low + OCTAVE, bottomOf(hand));
      filled.push({ ...note, pitch: foldFrom(bottom, note.pitch) });
    }
  });
  return filled;
}

/** The lowest note of an octave that has the melody in it, at middle C where that can be. */
function bottomOf(hand: { low: number; high: number } | null): number {
  if (!hand) return MIDDLE_C;
  return Math.max(hand.high - OCTAVE, Math.min(hand.low, MIDDLE_C));
}

/** One note a key and onset. */
function dropTwins(notes: readonly LayerNote[]): LayerNote[] {
  const seen = new Set<string>();
  return notes.filter(({ start, pitch }) => {
    const key = `${start} ${pitch}`;
    return !seen.has(key) && seen.add(key);
  });
}
