import { TICKS_PER_BEAT } from '../../../contract/grid.ts';
import { groupBy } from '../../score/group-by.ts';
import { sigmoid } from '../../sigmoid.ts';
import { KEYS, LOWEST_PITCH } from '../../transcription/evidence.ts';
import type { Song } from '../song.ts';
import { logit, neither } from './odds.ts';
import type { Written } from './song-writer.ts';
import { STRAIGHT, type Step } from './steps.ts';

/** How far a note's odds follow how busy its place in the bar is in the whole section; chosen on songs for tuning. */
const WEIGHT = 0.4;
/**
 * By how much the odds of the right hand's notes between the 8ths are lowered where no melody note begins with them: they
 * cost a reader more than they give a listener, and among the songs for tuning leaving them out costs no F-measure.
 */
const BETWEEN = 1.2;
const EIGHTH = TICKS_PER_BEAT / 2;
/** Left hand and right keep figures of their own: about B3 lies the border. */
const BORDER = 59 - LOWEST_PITCH;
/** Bars from which on a section's odd and even bars may have figures of their own. */
const LONG_SECTION = 8;

/**
 * Brings the accompaniment of each section nearer to one figure: what a network writes step by step follows the record
 * into places that no bar repeats, where a pianist keeps the hands in a pattern. At places of the bar that are busier in
 * the section than its others, a hand's likeliest key becomes likelier; at quieter ones all of its keys less likely. So do
 * the right hand's notes between the 8ths, but with the melody.
 * @returns probabilities as `written` has them, moved
 */
export function settleFigure<T extends Pick<Written, 'bridge' | 'piano'>>(
  written: T,
  song: Pick<Song, 'places' | 'grid' | 'melody'>,
  steps: readonly Step[],
): T {
  const begins = new Set(song.melody.notes.map(({ start }) => start));
  const between = ({ start, division }: Step) =>
    division === STRAIGHT && start % EIGHTH !== 0 && !begins.has(start) ? BETWEEN : 0;
  const activity = measureActivity(written, steps.length);
  const moved = { ...written, bridge: written.bridge.slice(), piano: written.piano.slice() };
  for (const places of groupSteps(song, steps)) {
    for (const hand of [0, 1]) {
      const busy = places.map((own) => logit(mean(own.map((t) => activity[2 * t + hand]))));
      const usual = mean(busy);
      places.forEach((own, place) => {
        const move = WEIGHT * (busy[place] - usual);
        for (const t of own) moveHand(moved, t, hand, hand === 1 ? move - between(steps[t]) : move);
      });
    }
  }
  return moved;
}

/** Moves the odds of a hand's keys in a step: of all of them down, of the likeliest up. */
function moveHand(written: Pick<Written, 'bridge' | 'piano'>, t: number, hand: number, move: number): void {
  const { bridge, piano } = written;
  const [low, high] = hand === 0 ? [0, BORDER] : [BORDER, KEYS];
  // Chords are as thick as they were: a figure is when a hand strikes, not with how many fingers.
  const least = move > 0 ? Math.max(1, ...piano.subarray(t * KEYS + low, t * KEYS + high)) : 0;
  for (let cell = t * KEYS + low; cell < t * KEYS + high; cell++) {
    if (piano[cell] < least) continue;
    bridge[cell] = shift(bridge[cell], move);
    piano[cell] = shift(piano[cell], move);
  }
}

/** How likely it is that a hand strikes anything in a step: `[steps × 2]`, left hand first. */
function measureActivity(written: Pick<Written, 'bridge' | 'piano'>, steps: number): Float64Array {
  const activity = new Float64Array(2 * steps);
  for (let t = 0; t < steps; t++) {
    let [left, right] = [1, 1];
    for (let key = 0; key < KEYS; key++) {
      const rests = neither(written, t * KEYS + key);
      if (key < BORDER) left *= rests;
      else right *= rests;
    }
    activity[2 * t] = 1 - left;
    activity[2 * t + 1] = 1 - right;
  }
  return activity;
}

/** Steps at the same place of bars that share a figure: of each such set of bars, of each place in the bar. */
function groupSteps({ places, grid }: Pick<Song, 'places' | 'grid'>, steps: readonly Step[]): number[][][] {
  const lengths = new Map<string, number>();
  for (const { label } of places) lengths.set(label, (lengths.get(label) ?? 0) + 1);
  const bars = groupBy(steps.keys(), (t) => {
    const { bar } = steps[t];
    const { label, barInSection } = places[bar];
    const parity = lengths.get(label)! >= LONG_SECTION ? barInSection % 2 : 0;
    return `${label} ${parity} ${grid.bars[bar].beats}`;
  });
  const tickInBar = (t: number) => steps[t].start - grid.bars[steps[t].bar].start;
  return [...bars.values()].map((own) => [...groupBy(own, tickInBar).values()]);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** A probability of 255 with its odds moved, in whole 255ths. */
function shift(value: number, move: number): number {
  if (value === 0) return 0;
  return Math.round(255 * sigmoid(logit(value / 255) + move));
}
