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
  names: readonly number[];
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
/** The name itself, whatever the key: from F double flat to B double sharp. */
const NAME = AGAIN + 2 * 2 * AGES;
const LOWEST_NAME = -15;
export const spellWeightCount = NAME + 35;

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

/** A key whose name a note's name is weighed against, by its distance on the line of fifths. */
interface Relation {
  /** Where the distances begin in the table, zero in their middle. */
  at: number;
  key: number;
}

/** What a name is weighed against, whatever the names before it: the same along all ways of naming. */
export interface SpellRelations {
  fifths: number;
  distances: Relation[];
  /** The key that last sounded the pitch class, and the places for another name and for the same. */
  again: { key: number; other: number; same: number } | null;
}

/** Finds what a note's name depends on. */
export function relate(context: Omit<SpellContext, 'names'>): SpellRelations {
  const { pitch, tick, fifths, below, struck, lastKey } = context;
  const distances = below.map((key): Relation => ({ at: CHORD + REACH, key }));
  for (let step = 0; step < 4; step++) {
    const key = pitch + (step < 2 ? step - 2 : step - 1);
    const last = struck[key] ?? -1;
    const since = tick - last;
    if (last < 0 || since === 0 || since > BAR) continue;
    distances.push({ at: STEP + (step * 2 + (since <= TICKS_PER_BEAT ? 0 : 1)) * WIDTH + REACH, key });
  }
  let again: SpellRelations['again'] = null;
  for (let pitchClass = 0; pitchClass < 12; pitchClass++) {
    const key = lastKey[pitchClass]!;
    if (key < 0) continue;
    const since = tick - struck[key]!;
    if (since > FORGOTTEN || since === 0) continue;
    const age = ageOf(since);
    if (pitchClass !== pitch % 12) distances.push({ at: CONTEXT + age * WIDTH + REACH, key });
    else {
      const other = AGAIN + (key === pitch ? 2 * AGES : 0) + age;
      again = { key, other, same: other + AGES };
    }
  }
  return { fifths, distances, again };
}

/** Places in the table of weights whose sum says how well a name fits what came before and sounds with it. */
export function spellFeatures(
  relations: SpellRelations,
  names: readonly number[],
  name: number,
  out: number[],
): void {
  const { fifths, distances, again } = relations;
  out.length = 0;
  out.push(KEY + reach(name - fifths));
  for (const { at, key } of distances) out.push(at - REACH + reach(name - names[key]!));
  out.push(NAME + name - LOWEST_NAME);
  if (again) out.push(names[again.key] === name ? again.same : again.other);
}

/** The sum of the weights at `spellFeatures`. */
export function weighName(
  { fifths, distances, again }: SpellRelations,
  names: readonly number[],
  name: number,
  weights: ArrayLike<number>,
): number {
  let sum = weights[KEY + reach(name - fifths)]!;
  for (const { at, key } of distances) {
    const distance = name - names[key]!;
    sum += weights[at + (distance > REACH ? REACH : distance < -REACH ? -REACH : distance)]!;
  }
  sum += weights[NAME + name - LOWEST_NAME]!;
  if (again) sum += weights[names[again.key] === name ? again.same : again.other]!;
  return sum;
}
