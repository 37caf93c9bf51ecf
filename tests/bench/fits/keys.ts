/**
 * Fits `main/engine/score/import/key-weights.ts` to the printed key signatures of the OpenScore Lieder (CC0) whose number
 * ends in 0 to 4. Without --write every fourth song is kept aside to tell how well it went.
 * Usage: node tests/bench/fits/keys.ts [--sample N] [--rounds 10] [--aside 0-3] [--write]
 */
import { parseArgs } from 'node:util';
import { chooseSignatures, type KeyWeights } from '../../../main/engine/score/import/key-chain.ts';
import { viewSong } from '../../../main/engine/score/import/key-features.ts';
import { writeTables } from '../support/engraving/averaged-weights.ts';
import { ChainFit, type SignedSong } from '../support/engraving/fit-chain.ts';
import { listLieder, readLied } from '../support/engraving/lieder.ts';

const { values } = parseArgs({
  options: {
    sample: { type: 'string' },
    rounds: { type: 'string', default: '10' },
    aside: { type: 'string', default: '0' },
    write: { type: 'boolean', default: false },
  },
});

const PENALTY = 0.002;
/** Bars follow one another alike and would count for more than they tell. */
const BAR_SCALE = 0.2;

function readSong(id: string): SignedSong[] {
  const lied = readLied(id);
  if (!lied || lied.played.notes.length === 0) return [];
  const views = viewSong(lied.played.notes, lied.print.layout.bars);
  const bars = views.bars.map((row) => row.map((value) => value * BAR_SCALE));
  return [
    {
      views: { ...views, bars },
      printed: lied.print.fifths.map((fifths) => (((fifths * 7) % 12) + 12) % 12),
    },
  ];
}

function rate(songs: readonly SignedSong[], weights: KeyWeights): string {
  let [first, bars, all] = [0, 0, 0];
  for (const { views, printed } of songs) {
    const chosen = chooseSignatures(views, weights);
    if (chosen[0] === printed[0]) first++;
    bars += chosen.filter((tonic, bar) => tonic === printed[bar]).length;
    all += printed.length;
  }
  const percent = (part: number, of: number) => ((100 * part) / of).toFixed(2);
  return `${percent(first, songs.length)} % of first signatures, ${percent(bars, all)} % of bars`;
}

const sample = values.sample === undefined ? undefined : Number(values.sample);
const songs = listLieder('01234', sample).flatMap(readSong);
const isAside = (_: SignedSong, at: number) => !values.write && at % 4 === Number(values.aside);
const training = songs.filter((song, at) => !isAside(song, at));
const test = values.write ? songs : songs.filter(isAside);
const fit = new ChainFit(PENALTY);
const rounds = Number(values.rounds);
for (let round = 1; round <= rounds; round++) {
  const likelihood = fit.round(training, (round - 1) / rounds);
  console.log(`round ${round}: log-likelihood of a song ${likelihood.toFixed(3)}`);
}
console.log(`${values.write ? 'the same songs' : 'songs kept aside'}: ${rate(test, fit.weights)}`);
if (values.write) {
  const { bar, song, change } = fit.weights;
  writeTables(
    'import/key-weights.ts',
    `import type { KeyWeights } from './key-chain.ts';

/**
 * Weights of the views in \`key-features.ts\`, fitted to the printed signatures of songs of the OpenScore Lieder (CC0)
 * whose number ends in 0 to 4 (\`tests/bench/fits/keys.ts\`). Higher is likelier.
 */
// biome-ignore format: a table
export const keyWeights: KeyWeights = `,
    {
      bar: Array.from(bar, (weight) => weight * BAR_SCALE),
      song: Array.from(song),
      change: Array.from(change),
    },
  );
}
