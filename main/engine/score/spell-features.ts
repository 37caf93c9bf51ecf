import { TICKS_PER_BEAT } from '../../contract/grid.ts';

/** What a note's name is weighed against. Names are places on the line of fifths: F -1, C 0, G 1 (`spelling.ts`). */
export interface SpellContext {
  pitch: number;
  tick: number;
  /** Of the key signature. */
  fifths: number;
  /** Notes of the same onset that are lower and named already: pitches. */
  below: readonly number[];
  /** Tick at which each key was last struck, -1 where it was not; the same along all ways of naming. */
  struck: Int32Array;
  /** Key that last sounded each pitch class, -1 where none did. */
  lastKey: Int32Array;
  /** Name under which each key was last struck. */
  names: Int8Array;
}

/** Names relative to one another or to the signature reach this far; what lies beyond is as bad as the edge. */
const REACH = 20;
const WIDTH = 2 * REACH + 1;
const AGES = 3;

const KEY = 0;
const CHORD = KEY + WIDTH;
/** Steps of -2, -1, 1, 2 semitones, within a beat or a bar. */
const STEP = CHORD + WIDTH;
const CONTEXT = STEP + 4 * 2 * WIDTH;
/** The same pitch class again: under another name or the same, by age; in the same octave or not. */
const AGAIN = CONTEXT + AGES * WIDTH;
export const spellWeightCount = AGAIN + 2 * 2 * AGES;

const BAR = 4 * TICKS_PER_BEAT;

function ageOf(ticks: number): number {
  if (ticks <= TICKS_PER_BEAT) return 0;
  return ticks <= BAR ? 1 : 2;
}

function reach(distance: number): number {
  return Math.max(0, Math.min(WIDTH - 1, distance + REACH));
}

/** Older names no longer count. */
const FORGOTTEN = 4 * BAR;

/** Places in the table of weights whose sum says how well a name fits what came before and sounds with it. */
export function spellFeatures(context: SpellContext, name: number, out: number[]): void {
  const { pitch, tick, fifths, below, struck, lastKey, names } = context;
  out.length = 0;
  out.push(KEY + reach(name - fifths));
  for (const key of below) out.push(CHORD + reach(name - names[key]!));
  for (let step = 0; step < 4; step++) {
    const key = pitch + (step < 2 ? step - 2 : step - 1);
    const since = tick - (struck[key] ?? -1);
    if (struck[key] === undefined || struck[key]! < 0 || since === 0 || since > BAR) continue;
    out.push(STEP + (step * 2 + (since <= TICKS_PER_BEAT ? 0 : 1)) * WIDTH + reach(name - names[key]!));
  }
  for (let pitchClass = 0; pitchClass < 12; pitchClass++) {
    const key = lastKey[pitchClass]!;
    if (key < 0) continue;
    const since = tick - struck[key]!;
    if (since > FORGOTTEN || since === 0) continue;
    if (pitchClass !== pitch % 12) {
      out.push(CONTEXT + ageOf(since) * WIDTH + reach(name - names[key]!));
    } else {
      const isSame = names[key] === name ? 1 : 0;
      out.push(AGAIN + ((key === pitch ? 1 : 0) * 2 + isSame) * AGES + ageOf(since));
    }
  }
}
