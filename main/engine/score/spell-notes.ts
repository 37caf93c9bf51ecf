import { relate, type SpellContext, type SpellRelations, weighName } from './spell-features.ts';
import { spellWeights } from './spell-weights.ts';

/** A note to be named; times in ticks. */
export interface SpellNote {
  start: number;
  pitch: number;
}

/** Names kept at each note. */
const BEAM = 6;
/** Names from so far below the signature's place on the line of fifths to so far above are considered. */
const LOWEST = -10;
const HIGHEST = 14;
/** Triple accidentals are never written: F double flat to B double sharp. */
const LOWEST_NAME = -15;
const HIGHEST_NAME = 19;

export interface SpellPath {
  score: number;
  names: readonly number[];
  name: number;
  from: SpellPath | null;
}

/** How well a name fits where keys were last named so. */
export type ScoreName = (
  relations: SpellRelations,
  names: readonly number[],
  name: number,
  index: number,
) => number;

export function scoreByWeights(weights: ArrayLike<number>): ScoreName {
  return (relations, names, name) => weighName(relations, names, name, weights);
}

/**
 * Names notes, each as a place on the line of fifths: the best way to name all of them, sought by beam search from the
 * first to the last. What is weighed is learnt from printed music (`spell-features.ts`): the place in the key, the
 * intervals that sound together, steps from note to note, and what was named before. Bar lines and voices need not be
 * known. After Bouquillard and Jacquemard (arXiv 2402.10247) the search covers whole passages, so that a name that a
 * later note makes clear is found.
 *
 * @param notes sorted by start, then pitch
 * @param fifthsAt key signature at a tick
 * @param hint what else speaks for a name of the note with this index, 0 where nothing does
 */
export function spellNotes(
  notes: readonly SpellNote[],
  fifthsAt: (tick: number) => number,
  hint: (index: number, name: number) => number = () => 0,
): number[] {
  const score: ScoreName = (relations, known, name, index) =>
    weighName(relations, known, name, spellWeights) + hint(index, name);
  const names: number[] = new Array(notes.length);
  let path: SpellPath | null = bestNames(notes, fifthsAt, score);
  for (let index = notes.length - 1; index >= 0; index--) {
    names[index] = path!.name;
    path = path!.from;
  }
  return names;
}

/** The best path; `from` leads back to one before the first note. */
export function bestNames(
  notes: readonly SpellNote[],
  fifthsAt: (tick: number) => number,
  score: ScoreName,
): SpellPath {
  let paths: SpellPath[] = [{ score: 0, names: new Array<number>(128).fill(0), name: 0, from: null }];
  walkNotes(notes, fifthsAt, (shared, index) => {
    paths = advance(paths, shared, score, index);
  });
  return paths[0]!;
}

/** Visits notes in order, each with what does not depend on names. What a visit is given changes afterwards. */
export function walkNotes(
  notes: readonly SpellNote[],
  fifthsAt: (tick: number) => number,
  visit: (shared: Omit<SpellContext, 'names'>, index: number) => void,
): void {
  const struck = new Int32Array(128).fill(-1);
  const lastKey = new Int32Array(12).fill(-1);
  let below: number[] = [];
  notes.forEach(({ start, pitch }, index) => {
    const before = notes[index - 1]?.start ?? start;
    if (before !== start) {
      for (const key of below) {
        struck[key] = before;
        lastKey[key % 12] = key;
      }
      below = [];
    }
    visit({ pitch, tick: start, fifths: fifthsAt(start), below, struck, lastKey }, index);
    below.push(pitch);
  });
}

function advance(
  paths: readonly SpellPath[],
  shared: Omit<SpellContext, 'names'>,
  score: ScoreName,
  index: number,
): SpellPath[] {
  const { pitch, fifths, lastKey, below } = shared;
  const relations = relate(shared);
  const found: { sum: number; path: SpellPath; name: number }[] = [];
  const highest = Math.min(fifths + HIGHEST, HIGHEST_NAME);
  for (const path of paths) {
    for (let name = firstName(pitch, fifths); name <= highest; name += 12) {
      found.push({ sum: path.score + score(relations, path.names, name, index), path, name });
    }
  }
  found.sort((a, b) => b.sum - a.sum);
  // The keys whose names later notes will look at.
  const known = [...below];
  for (const key of lastKey) if (key >= 0 && key !== pitch) known.push(key);
  const kept: SpellPath[] = [];
  for (const { sum, path, name } of found) {
    // Ways that later notes cannot tell apart go on as one.
    if (kept.some((other) => other.name === name && isAlike(other.names, path.names, known))) continue;
    const names = path.names.slice();
    names[pitch] = name;
    kept.push({ score: sum, names, name, from: path });
    if (kept.length === BEAM) break;
  }
  return kept;
}

function isAlike(a: readonly number[], b: readonly number[], keys: readonly number[]): boolean {
  for (const key of keys) if (a[key] !== b[key]) return false;
  return true;
}

/** The lowest name of a pitch that is considered. */
function firstName(pitch: number, fifths: number): number {
  const lowest = Math.max(fifths + LOWEST, LOWEST_NAME);
  return lowest + ((((pitch * 7 - lowest) % 12) + 12) % 12);
}
