import type { Key } from '../../../contract/analysis.ts';
import { TICKS_PER_BEAT } from '../../../contract/grid.ts';
import { groupBy } from '../group-by.ts';
import type { GridNote } from './grid-music.ts';
import { type KeyView, keyWeights } from './key-weights.ts';

/** A long note counts no more than a half. */
const LONGEST = 2 * TICKS_PER_BEAT;
const NEAR_EDGE = 8 * TICKS_PER_BEAT;
const FAR_FROM_EDGE = 32 * TICKS_PER_BEAT;

type Histogram = number[];

/**
 * The key whose signature a printed edition of these notes would most likely bear.
 *
 * @param notes sorted by start, at least one
 */
export function findKeys(notes: readonly GridNote[]): Key[] {
  const views = viewSong(notes);
  let tonic = 0;
  let most = Number.NEGATIVE_INFINITY;
  for (let candidate = 0; candidate < 12; candidate++) {
    let sum = 0;
    for (const view of Object.keys(views) as KeyView[])
      sum += match(views[view], keyWeights[view], candidate);
    if (sum > most) {
      most = sum;
      tonic = candidate;
    }
  }
  const relative = (tonic + 9) % 12;
  const isMinor = modeFit(views, relative, 'minor') > modeFit(views, tonic, 'major');
  return [{ start: 0, tonic: isMinor ? relative : tonic, mode: isMinor ? 'minor' : 'major', confidence: 1 }];
}

function match(histogram: Histogram, weights: readonly number[], tonic: number): number {
  return weights.reduce((sum, weight, degree) => sum + weight * histogram[(tonic + degree) % 12]!, 0);
}

/** Looks at the song from the sides that tell its key (`key-weights.ts`). */
function viewSong(notes: readonly GridNote[]): Record<KeyView, Histogram> {
  const onsets = [...groupBy(notes, (note) => note.start).values()];
  const lowest = onsets.map((group) => group.reduce((low, note) => (note.pitch < low.pitch ? note : low)));
  const first = notes[0]!.start;
  const last = notes[notes.length - 1]!.start;
  const held = (note: GridNote) => Math.min(note.duration, LONGEST);
  const once = () => 1;
  const begin = (reach: number) =>
    count(
      notes.filter(({ start }) => start < first + reach),
      held,
    );
  const end = (reach: number) =>
    count(
      notes.filter(({ start }) => start >= last - reach),
      held,
    );
  return {
    all: roots(count(notes, held)),
    bass: roots(count(lowest, held)),
    lastChord: count(onsets[onsets.length - 1]!, once),
    lastBass: count(lowest.slice(-1), once),
    firstBass: count(lowest.slice(0, 1), once),
    begin: roots(begin(NEAR_EDGE)),
    end: roots(end(NEAR_EDGE)),
    beginLong: roots(begin(FAR_FROM_EDGE)),
    endLong: roots(end(FAR_FROM_EDGE)),
  };
}

/** Shares of the pitch classes. */
function count(notes: readonly GridNote[], weigh: (note: GridNote) => number): Histogram {
  const histogram: Histogram = new Array<number>(12).fill(0);
  let sum = 0;
  for (const note of notes) {
    histogram[note.pitch % 12]! += weigh(note);
    sum += weigh(note);
  }
  return histogram.map((weight) => weight / sum);
}

function roots(histogram: Histogram): Histogram {
  return histogram.map(Math.sqrt);
}

/** Shares of the degrees of printed songs in major and minor (those of `key-weights.ts`, by their last bass note). */
const profiles = {
  major: [0.198, 0.014, 0.101, 0.022, 0.13, 0.091, 0.023, 0.211, 0.024, 0.086, 0.021, 0.078],
  minor: [0.202, 0.022, 0.084, 0.132, 0.026, 0.095, 0.021, 0.198, 0.083, 0.025, 0.066, 0.046],
};
/** A song that ends on a note rather has it as its tonic: as much as a clear difference of the profiles. */
const LAST_BASS = 0.05;

function modeFit(views: Record<KeyView, Histogram>, tonic: number, mode: 'major' | 'minor'): number {
  const logs = profiles[mode].map(Math.log);
  return (
    match(
      views.all.map((root) => root * root),
      logs,
      tonic,
    ) +
    LAST_BASS * views.lastBass[tonic]!
  );
}
