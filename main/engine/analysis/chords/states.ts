import { type ChordQuality, chordQualities } from '../../../contract/analysis.ts';

/** What a stretch of music may be called: state `12 × quality + root` in the order of `chordQualities`, last no chord. */
export const NONE = 12 * chordQualities.length;
export const STATES = NONE + 1;

/** Chords with a minor third; the others count as major. */
const minorFamily: readonly ChordQuality[] = ['min', 'min7', 'min6', 'dim', 'dim7', 'hdim7', 'minmaj7'];

/** 0 major, 1 minor, by index into `chordQualities`. */
export const familyOf: readonly number[] = chordQualities.map((quality) =>
  minorFamily.includes(quality) ? 1 : 0,
);

/** Index into `chordQualities`. */
export function qualityIndex(state: number): number {
  return Math.floor(state / 12);
}

/** Root and third only, 0-24: `12 × family + root`, 24 no chord. */
export function triadOf(state: number): number {
  return state === NONE ? 24 : 12 * familyOf[qualityIndex(state)] + (state % 12);
}
export const TRIADS = 25;

export function rootOf(state: number): number | null {
  return state === NONE ? null : state % 12;
}

export function qualityOf(state: number): ChordQuality | null {
  return chordQualities[qualityIndex(state)] ?? null;
}
