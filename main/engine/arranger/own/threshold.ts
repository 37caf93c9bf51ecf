import { tickToSeconds } from '../../score/time.ts';
import { sigmoid } from '../../sigmoid.ts';
import type { Song } from '../song.ts';
import { barTicks } from '../song-grid.ts';
import { either, logit } from './odds.ts';
import type { Written } from './song-writer.ts';

/** Steps in which probabilities are counted, and bounds of the threshold. */
const LEVELS = 200;
const LEAST_THRESHOLD = 0.1;
const MOST_THRESHOLD = 0.5;
/** Log-odds beyond which nothing changes, and how often the stretch between is halved. */
const MOST_BIAS = 7;
const HALVINGS = 30;
/** Share of the notes that the melody leaves no room for which others make up for: no F-measure is lost by that. */
const MAKE_UP = 0.5;
/**
 * Notes a second, melody included, that a take has at most where no other density is asked for. People's arrangements of
 * songs have 7 to 9; on the 16ths of fast songs there is more than hands can use.
 */
const MOST_A_SECOND = 9;

/**
 * The probability from which on notes have to be written for the highest F-measure to be expected of the song: half of
 * that F-measure (Lipton, Elkan & Naryanaswamy, ECML 2014). The less sure the network is, the lower it lies.
 * @param density asked for, -2 to 2
 * @param taken cells that no note may have, 1: for half of the notes there others stand in
 */
export function chooseThreshold(
  written: Pick<Written, 'bridge' | 'piano'>,
  density = 0,
  taken?: Uint8Array,
): number {
  const counts = new Float64Array(LEVELS + 1);
  const free = new Float64Array(LEVELS + 1);
  let expected = 0;
  for (let cell = 0; cell < written.piano.length; cell++) {
    const probability = either(written, cell);
    expected += probability;
    const level = Math.round(probability * LEVELS);
    counts[level]++;
    if (taken?.[cell] !== 1) free[level]++;
  }
  let [found, right, best, wanted] = [0, 0, 0, 0];
  for (let level = LEVELS; level >= LEAST_THRESHOLD * LEVELS; level--) {
    found += counts[level];
    right += (counts[level] * level) / LEVELS;
    const measure = (2 * right) / (found + expected);
    if (measure > best) {
      best = measure;
      wanted = found;
    }
  }
  wanted *= scaleNotes(density);
  let level = LEVELS;
  const countAt = (at: number) => counts[at] - MAKE_UP * (counts[at] - free[at]);
  for (found = countAt(level); found < wanted && level > 1; ) found += countAt(--level);
  // What is likelier than not is left out only where a player asks for less.
  return density < 0 ? level / LEVELS : Math.min(MOST_THRESHOLD, level / LEVELS);
}

/**
 * The probability from which on no more than `most` notes are left.
 * @param taken cells that no note may have, 1
 */
export function limitThreshold(
  written: Pick<Written, 'bridge' | 'piano'>,
  taken: Uint8Array,
  most: number,
): number {
  const counts = new Float64Array(LEVELS + 1);
  for (let cell = 0; cell < written.piano.length; cell++) {
    if (taken[cell] !== 1) counts[Math.floor(either(written, cell) * LEVELS)]++;
  }
  let level = LEVELS;
  for (let count = counts[level]; count <= most && level > 0; ) count += counts[--level];
  return Math.min(LEVELS, level + 1) / LEVELS;
}

/**
 * The threshold at which chance leaves as many notes to be expected as lie above `threshold` without it: most cells are
 * unlikely, and chance would lift more of them above it than it lets others fall.
 * @param taken cells that no note may have, 1
 * @param temperature of chance that is added to the log-odds; 0: none
 * @param least probability below which nothing is drawn
 */
export function warmThreshold(
  written: Pick<Written, 'bridge' | 'piano'>,
  taken: Uint8Array,
  threshold: number,
  temperature: number,
  least: number,
): number {
  if (temperature === 0) return threshold;
  const counts = new Float64Array(LEVELS + 1);
  let wanted = 0;
  for (let cell = 0; cell < written.piano.length; cell++) {
    const probability = either(written, cell);
    if (taken[cell] === 1 || probability < least) continue;
    counts[Math.round(probability * LEVELS)]++;
    if (probability > threshold) wanted++;
  }
  const expected = (bias: number) =>
    counts.reduce(
      (sum, count, level) => sum + count * sigmoid((logit(level / LEVELS) - bias) / temperature),
      0,
    );
  let [low, high] = [-MOST_BIAS, MOST_BIAS];
  for (let halving = 0; halving < HALVINGS; halving++) {
    const middle = (low + high) / 2;
    if (expected(middle) > wanted) low = middle;
    else high = middle;
  }
  return sigmoid(high);
}

/**
 * Notes of the accompaniment for which two hands have time while the band plays.
 * @param density asked for, -2 to 2
 */
export function countMost(
  { grid, plays, melody }: Pick<Song, 'grid' | 'plays' | 'melody'>,
  density: number,
): number {
  const at = (tick: number) => tickToSeconds(grid.beatTimes, tick);
  const seconds = grid.bars
    .filter((_, bar) => plays[bar])
    .reduce((sum, bar) => sum + at(bar.start + barTicks(bar)) - at(bar.start), 0);
  return Math.max(0, MOST_A_SECOND * scaleNotes(density) * seconds - melody.notes.length);
}

/** How many times as many notes a density asks for, -2 to 2: a third of an octave a unit. */
function scaleNotes(density: number): number {
  return 2 ** (density / 3);
}
