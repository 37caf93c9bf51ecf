/**
 * Fits `main/engine/score/hand-weights.ts` to the staves of the OpenScore Lieder (CC0) whose number ends in 0 to 4. Every
 * fourth song is kept aside to tell how well it went.
 * Usage: node tests/bench/fits/hands.ts [--sample 356] [--rounds 3] [--write]
 */
import { parseArgs } from 'node:util';
import { handFeatures, handWeightCount } from '../../../main/engine/score/hand-features.ts';
import {
  advanceFrom,
  bestPath,
  type HandPath,
  type ScoreDivision,
} from '../../../main/engine/score/hand-splits.ts';
import type { HandNote } from '../../../main/engine/score/hands.ts';
import { groupOnsets, type OnsetGroup } from '../../../main/engine/score/onset-groups.ts';
import { AveragedWeights, shuffle, writeWeights } from '../support/engraving/averaged-weights.ts';
import { listLieder, readLied } from '../support/engraving/lieder.ts';

const { values } = parseArgs({
  options: {
    sample: { type: 'string', default: '356' },
    rounds: { type: 'string', default: '3' },
    write: { type: 'boolean', default: false },
  },
});

/** Wider than any printed grip, so that the print itself decides. */
const limits = { span: 17, notes: 7 };
/** Onsets that are decided together before weights change. */
const SEGMENT = 32;
const LARGEST_STEP = 0.03;
const HALF = 0.5;

interface Song {
  notes: HandNote[];
  groups: OnsetGroup[];
  bars: number[];
  isLeft: boolean[];
}

function readSong(id: string): Song[] {
  const lied = readLied(id);
  if (!lied) return [];
  const staffs = new Map(lied.print.notes.map(({ start, pitch, staff }) => [`${start} ${pitch}`, staff]));
  const notes = lied.played.notes.map((note): HandNote => ({ ...note, role: 'inner' }));
  const isLeft = notes.map(({ start, pitch }) => staffs.get(`${start} ${pitch}`) === 2);
  const bars = lied.print.layout.bars.map((bar) => bar.start);
  return [{ notes, groups: groupOnsets(notes).groups, bars, isLeft }];
}

function scoreBy(weights: Float64Array): ScoreDivision {
  const features: number[] = [];
  return (division) => {
    handFeatures(division, features);
    return features.reduce((sum, feature) => sum + weights[feature], 0);
  };
}

function chainOf(last: HandPath, first: HandPath | null): HandPath[] {
  const chain: HandPath[] = [];
  for (let path: HandPath | null = last; path && path !== first && path.division; path = path.from)
    chain.push(path);
  return chain.reverse();
}

/** Beginning notes that a division gives to the printed hand. */
function countRight({ isLeft }: Song, group: OnsetGroup, k: number): number {
  return group.sounding.filter((index, place) => !group.held[place] && place < k === isLeft[index]).length;
}

/** The divisions nearest to the print that hands which do not cross can have. */
function printedPath(song: Song): HandPath[] {
  const score: ScoreDivision = ({ k }, group) => countRight(song, group, k);
  return chainOf(bestPath(song.notes, song.groups, limits, song.bars, score), null);
}

function featuresOf(chain: readonly HandPath[]): number[] {
  return chain.flatMap(({ division }) => {
    const features: number[] = [];
    handFeatures(division!, features);
    return features;
  });
}

function rate(songs: readonly Song[], weights: Float64Array): number {
  let right = 0;
  let all = 0;
  for (const song of songs) {
    const chain = chainOf(bestPath(song.notes, song.groups, limits, song.bars, scoreBy(weights)), null);
    song.groups.forEach((group, at) => {
      right += countRight(song, group, chain[at].k);
      all += group.held.filter((isHeld) => !isHeld).length;
    });
  }
  return (100 * right) / all;
}

const songs = listLieder('01234', Number(values.sample)).flatMap(readSong);
const training = songs.filter((_, at) => at % 4 !== 0);
const test = songs.filter((_, at) => at % 4 === 0);
const weights = new AveragedWeights(handWeightCount, LARGEST_STEP);
const segments = training.flatMap((song) => {
  const printed = printedPath(song);
  const starts = song.groups.flatMap((_, at) => (at % SEGMENT === 0 && at > 0 ? [at] : []));
  return starts.map((from) => ({ song, printed, from }));
});
for (let round = 1; round <= Number(values.rounds); round++) {
  shuffle(segments);
  for (const { song, printed, from } of segments) {
    const groups = song.groups.slice(from, from + SEGMENT);
    const start = { ...printed[from - 1], score: 0 };
    const score = scoreBy(weights.values);
    const last = advanceFrom(start, song.notes, song.groups[from - 1], groups, limits, song.bars, score);
    const found = chainOf(last, start);
    const right = printed.slice(from, from + SEGMENT);
    const loss = found.reduce((sum, path, at) => sum + HALF * Math.abs(path.k - right[at].k), 0);
    weights.step(featuresOf(right), featuresOf(found), loss);
  }
  console.log(`round ${round}: ${rate(test, weights.mean()).toFixed(2)} % of notes in the printed hand`);
}
if (values.write) {
  const before = `/**
 * Weights of the places in \`hand-features.ts\`, fitted to the staves of songs of the OpenScore Lieder (CC0) whose number
 * ends in 0 to 4 (\`tests/bench/fits/hands.ts\`). Higher is likelier.
 */
// biome-ignore format: a table
export const handWeights: readonly number[] = `;
  writeWeights('hand-weights.ts', before, weights.mean());
}
