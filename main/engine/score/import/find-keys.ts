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

/** A change of signature must save so many notes off the signature, one of each pitch class and bar counted. */
const CHANGE = 20;
/** Weight of the pitch classes' profile in a bar, beside its notes off the signature. */
const PROFILE = 0.5;
/** The song's own key is the first to think of. */
const HOME = 0.3;
/** Shorter stays are written with accidentals. */
const SHORTEST_KEY = 8;
/** Semitones of the signature's own scale, from its major tonic. */
const SCALE = new Set([0, 2, 4, 5, 7, 9, 11]);

/**
 * The keys whose signatures a printed edition of these notes would most likely bear: the song's own, and others where
 * they save many accidentals for eight bars or more, by dynamic programming over bars.
 *
 * @param notes sorted by start, at least one
 * @param bars rising
 */
export function findKeys(notes: readonly GridNote[], bars: readonly { start: number }[]): Key[] {
  const home = findHome(notes);
  const inBars = divideNotes(notes, bars);
  const spans = joinBars(chooseSignatures(inBars, home)).filter(({ from, to }) => to - from >= SHORTEST_KEY);
  if (spans.length < 2) return [nameKey(notes, home, 0)];
  return spans.map(({ from, to, signature }, at) =>
    nameKey(inBars.slice(from, to).flat(), signature, at === 0 ? 0 : bars[from]!.start),
  );
}

/** Major tonic of the signature that fits the song as a whole. */
function findHome(notes: readonly GridNote[]): number {
  const views = viewSong(notes);
  return best((tonic) => {
    let sum = 0;
    for (const view of Object.keys(views) as KeyView[]) sum += match(views[view], keyWeights[view], tonic);
    return sum;
  });
}

function best(rate: (tonic: number) => number): number {
  const rates = Array.from({ length: 12 }, (_, tonic) => rate(tonic));
  return rates.indexOf(Math.max(...rates));
}

/** Major or minor, of the two keys of a signature. */
function nameKey(notes: readonly GridNote[], signature: number, start: number): Key {
  const relative = (signature + 9) % 12;
  const views = viewSong(notes);
  const isMinor = modeFit(views, relative, 'minor') > modeFit(views, signature, 'major');
  return { start, tonic: isMinor ? relative : signature, mode: isMinor ? 'minor' : 'major', confidence: 1 };
}

function divideNotes(notes: readonly GridNote[], bars: readonly { start: number }[]): GridNote[][] {
  const inBars: GridNote[][] = bars.map(() => []);
  let bar = 0;
  for (const note of notes) {
    while (bar + 1 < bars.length && bars[bar + 1]!.start <= note.start) bar++;
    inBars[bar]!.push(note);
  }
  return inBars;
}

/** Major tonic of the signature of every bar. */
function chooseSignatures(inBars: readonly GridNote[][], home: number): number[] {
  let sums = new Array<number>(12).fill(0);
  const sources: number[][] = [];
  for (const notes of inBars) {
    const rates = rateBar(notes, home);
    const most = Math.max(...sums);
    const from = sums.indexOf(most);
    sources.push(sums.map((sum, tonic) => (sum >= most - CHANGE ? tonic : from)));
    sums = sums.map((sum, tonic) => Math.max(sum, most - CHANGE) + rates[tonic]!);
  }
  const chosen: number[] = [];
  let tonic = sums.indexOf(Math.max(...sums));
  for (let bar = inBars.length - 1; bar >= 0; bar--) {
    chosen.push(tonic);
    tonic = sources[bar]![tonic]!;
  }
  return chosen.reverse();
}

function rateBar(notes: readonly GridNote[], home: number): number[] {
  if (notes.length === 0) return new Array<number>(12).fill(0);
  const shares = roots(count(notes, (note) => Math.min(note.duration, LONGEST)));
  return shares.map((_, tonic) => {
    const off = shares.filter((share, pitchClass) => share > 0 && !SCALE.has((pitchClass - tonic + 12) % 12));
    return PROFILE * match(shares, keyWeights.all, tonic) - off.length + (tonic === home ? HOME : 0);
  });
}

function joinBars(signatures: readonly number[]): { from: number; to: number; signature: number }[] {
  const spans: { from: number; to: number; signature: number }[] = [];
  signatures.forEach((signature, bar) => {
    const last = spans[spans.length - 1];
    if (last?.signature === signature) last.to = bar + 1;
    else spans.push({ from: bar, to: bar + 1, signature });
  });
  return spans;
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
