/**
 * Fits the networks that tell the hand of a note (`main/engine/score/hand-weights.ts`) to the staves of the OpenScore
 * Lieder (CC0) whose number ends in 0 to 4. The second network, which hears the first, is fitted to what first networks say
 * of songs that they were not fitted to. Without --write every fourth song is kept aside to tell how well it went.
 * Usage: node tests/bench/fits/hands.ts [--sample N] [--rounds 4] [--write]
 */
import { parseArgs } from 'node:util';
import { contextSize, describeNotes } from '../../../main/engine/score/hand-context.ts';
import { printedLimits } from '../../../main/engine/score/hand-limits.ts';
import { addOpinions, type HandNetwork, runNetwork } from '../../../main/engine/score/hand-network.ts';
import { opinionSize } from '../../../main/engine/score/hand-opinions.ts';
import { splitByLeans } from '../../../main/engine/score/hand-splits.ts';
import type { HandNote } from '../../../main/engine/score/hands.ts';
import { groupOnsets } from '../../../main/engine/score/onset-groups.ts';
import { writeText } from '../support/engraving/averaged-weights.ts';
import { listLieder, readLied } from '../support/engraving/lieder.ts';
import { fitNetwork } from '../support/engraving/small-network.ts';

const { values } = parseArgs({
  options: {
    sample: { type: 'string' },
    rounds: { type: 'string', default: '4' },
    write: { type: 'boolean', default: false },
  },
});

/** Units of the hidden layers. */
const UNITS: [number, number] = [32, 16];
const PLACES = 1000;

interface Song {
  notes: HandNote[];
  bars: number[];
  isLeft: boolean[];
  /** What the first network says of each note. */
  leans: Float32Array;
}

function readSong(id: string): Song[] {
  const lied = readLied(id);
  if (!lied || lied.played.notes.length === 0) return [];
  const staffs = new Map(lied.print.notes.map(({ start, pitch, staff }) => [`${start} ${pitch}`, staff]));
  const notes = lied.played.notes.map((note): HandNote => ({ ...note, role: 'inner' }));
  const isLeft = notes.map(({ start, pitch }) => staffs.get(`${start} ${pitch}`) === 2);
  const bars = lied.print.layout.bars.map((bar) => bar.start);
  return [{ notes, bars, isLeft, leans: new Float32Array(notes.length) }];
}

const surroundings = ({ notes, bars }: Song) => describeNotes(notes, bars);
const withOpinions = (song: Song) => addOpinions(surroundings(song), song.notes, song.leans);

function fitOn(songs: readonly Song[], inputs: number, describe: (song: Song) => Float32Array): HandNetwork {
  const size = songs.reduce((sum, { notes }) => sum + notes.length, 0);
  const rows = new Float32Array(size * inputs);
  const answers = new Uint8Array(size);
  let at = 0;
  for (const song of songs) {
    rows.set(describe(song), at * inputs);
    for (const left of song.isLeft) answers[at++] = left ? 1 : 0;
  }
  const { first, second, last } = fitNetwork(rows, answers, [inputs, ...UNITS], Number(values.rounds));
  // As it will be written.
  const round = (layer: Float32Array) => Array.from(layer, (weight) => Math.round(weight * PLACES) / PLACES);
  return { inputs, units: UNITS, first: round(first), second: round(second), last: round(last) };
}

function hear(songs: readonly Song[], network: HandNetwork): void {
  for (const song of songs) song.leans = runNetwork(network, surroundings(song));
}

function rate(songs: readonly Song[], together: HandNetwork): void {
  const right = { 'by the first network': 0, 'by both': 0, 'with what hands can hold': 0 };
  let all = 0;
  for (const song of songs) {
    const leans = runNetwork(together, withOpinions(song));
    const hands = splitByLeans(song.notes, leans, groupOnsets(song.notes).groups, printedLimits);
    song.isLeft.forEach((left, at) => {
      all++;
      if (left === song.leans[at]! > 0) right['by the first network']++;
      if (left === leans[at]! > 0) right['by both']++;
      if (left === (hands[at] === 'left')) right['with what hands can hold']++;
    });
  }
  for (const [name, count] of Object.entries(right)) {
    console.log(`${((100 * count) / all).toFixed(2)} % of notes in the printed hand ${name}`);
  }
}

const sample = values.sample === undefined ? undefined : Number(values.sample);
const songs = listLieder('01234', sample).flatMap(readSong);
const isAside = (_: Song, at: number) => !values.write && at % 4 === 0;
const training = songs.filter((song, at) => !isAside(song, at));
const test = songs.filter(isAside);
const halves = [0, 1].map((half) => training.filter((_, at) => at % 2 === half));
const strangers = halves.map((half) => fitOn(half, contextSize, surroundings));
for (const [at, half] of halves.entries()) hear(half, strangers[1 - at]!);
console.log('networks of both halves fitted');
const together = fitOn(training, contextSize + opinionSize, withOpinions);
const alone = fitOn(training, contextSize, surroundings);
if (!values.write) {
  hear(test, alone);
  rate(test, together);
} else {
  writeText(
    'hand-weights.ts',
    `// biome-ignore-all lint/suspicious/noApproximativeNumericConstant: fitted numbers that happen to lie near constants
import type { HandNetworks } from './hand-network.ts';

/**
 * Networks that tell the hand of a note, fitted to the staves of songs of the OpenScore Lieder (CC0) whose number ends in
 * 0 to 4 (\`tests/bench/fits/hands.ts\`).
 */
// biome-ignore format: tables
export const handNetworks: HandNetworks = {
  alone: ${JSON.stringify(alone)},
  together: ${JSON.stringify(together)},
};
`,
  );
}
