import type { Level } from '../../contract/arrangement.ts';
import { TICKS_PER_BEAT } from '../../contract/grid.ts';
import { HandPlace } from './hand-place.ts';
import { harmonyAt, tonesByImportance } from './harmony.ts';
import { groupByStart, type Layer, type LayerNote } from './layers.ts';
import type { Song } from './song.ts';
import { barIndexAt } from './song-grid.ts';

/** What a level leaves of a full arrangement. */
interface Thinning {
  /** Accompaniment begins only where a player of the level can count it. */
  grid: 'beat' | 'eighth' | 'any';
  /** Notes of an onset, by layer; `upper` where the melody sounds in the same hand. */
  most: Record<Exclude<Layer, 'melody'>, number>;
  upperWithMelody: number;
  /** Left-hand notes of one onset, bass and lower together. */
  left: number;
  /** What a note loses of its weight for each semitone that the hand has to move for it. */
  move: number;
}

const thinnings: Record<Level, Thinning> = {
  // `holdPosition` says where the hands lie.
  easy: { grid: 'beat', most: { bass: 1, lower: 1, upper: 2 }, upperWithMelody: 0, left: 1, move: 0 },
  intermediate: {
    grid: 'eighth',
    most: { bass: 1, lower: 1, upper: 2 },
    upperWithMelody: 1,
    left: 2,
    move: 0.06,
  },
  full: { grid: 'any', most: { bass: 2, lower: 3, upper: 4 }, upperWithMelody: 3, left: 4, move: 0 },
};

/** In levels below full the left hand stays within an octave of its bass, and above this pitch, A2, where chords get muddy. */
const NEAR = 12;
const MUDDY = 45;
type ThinnedSong = Pick<Song, 'settings' | 'melody' | 'grid' | 'harmony'>;

/**
 * Thins the layers to a level: what is left is a part of what a harder level has, but for left-hand notes that come
 * down an octave to where the hand already lies. The melody is untouched, in rhythm too.
 */
export function simplifyLayers(notes: readonly LayerNote[], song: ThinnedSong): LayerNote[] {
  const thinning = thinnings[song.settings.level];
  const kept: LayerNote[] = [];
  let ground: number | null = null;
  const hands = { left: new HandPlace(), right: new HandPlace() };
  for (const group of groupByStart(notes)) {
    const tick = group[0].start;
    const melody = group.filter((note) => note.layer === 'melody');
    kept.push(...melody);
    lay(hands.right, melody);
    if (!isOnGrid(song, tick, thinning.grid)) continue;
    const withMelody = song.melody.range(tick, tick + 1) !== null;
    const of = (layer: Layer, hand: HandPlace, most: number) =>
      byImportance(
        group.filter((note) => note.layer === layer),
        song,
        ({ pitch }) => thinning.move * hand.distanceTo(pitch),
      ).slice(0, most);
    const bass = of('bass', hands.left, thinning.most.bass);
    lay(hands.left, bass);
    const lower = of('lower', hands.left, Math.min(thinning.most.lower, thinning.left - bass.length));
    if (bass[0]) ground = bass[0].pitch;
    const upper = of('upper', hands.right, withMelody ? thinning.upperWithMelody : thinning.most.upper);
    const near = song.settings.level === 'full' ? lower : stayNear(lower, ground);
    lay(hands.left, [...bass, ...near]);
    lay(hands.right, [...melody, ...upper]);
    kept.push(...bass, ...near, ...upper);
  }
  return kept;
}

function lay(hand: HandPlace, notes: readonly LayerNote[]): void {
  const pitches = notes.map(({ pitch }) => pitch);
  if (pitches.length > 0) hand.reach(Math.min(...pitches), Math.max(...pitches));
}

function stayNear(lower: readonly LayerNote[], ground: number | null): LayerNote[] {
  return lower.map((note) => {
    const isNear = ground === null || note.pitch - ground <= NEAR;
    const down = note.pitch - 12;
    return isNear || down < MUDDY ? note : { ...note, pitch: down };
  });
}

function isOnGrid(song: ThinnedSong, tick: number, grid: Thinning['grid']): boolean {
  const inBeat = tick % TICKS_PER_BEAT;
  if (grid === 'any' || inBeat === 0) return true;
  if (grid === 'beat') return false;
  const bar = song.grid.bars[barIndexAt(song.grid.bars, tick)];
  // Halves and thirds of a beat; in 6/8 the thirds are its eighths.
  return inBeat % 16 === 0 || (bar.unit === 'quarter' && inBeat % 24 === 0);
}

/** The chord's naming tones first, then the weightier, then the higher; `cost` is taken off their weight. */
function byImportance(
  notes: readonly LayerNote[],
  song: ThinnedSong,
  cost: (note: LayerNote) => number,
): LayerNote[] {
  if (notes.length < 2) return [...notes];
  const wanted = tonesByImportance(harmonyAt(song.harmony, notes[0].start));
  const rank = (note: LayerNote) => {
    const at = wanted.indexOf(note.pitch % 12);
    return note.weight - (at < 0 ? 0.5 : 0.12 * at) - cost(note);
  };
  return notes.toSorted((a, b) => rank(b) - rank(a) || b.pitch - a.pitch);
}
