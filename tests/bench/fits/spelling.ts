/**
 * Fits `main/engine/score/spell-weights.ts` to the names of notes in the OpenScore Lieder (CC0) whose number ends in 0 to
 * 4, under the printed key signatures. Every fourth song is kept aside to tell how well it went.
 * Usage: node tests/bench/fits/spelling.ts [--sample 400] [--rounds 4] [--write]
 */
import { parseArgs } from 'node:util';
import { relate, spellFeatures, spellWeightCount } from '../../../main/engine/score/spell-features.ts';
import {
  bestNames,
  type ScoreName,
  type SpellNote,
  scoreByWeights,
  walkNotes,
} from '../../../main/engine/score/spell-notes.ts';
import { AveragedWeights, shuffle, writeWeights } from '../support/engraving/averaged-weights.ts';
import { listLieder, readLied } from '../support/engraving/lieder.ts';

const { values } = parseArgs({
  options: {
    sample: { type: 'string', default: '400' },
    rounds: { type: 'string', default: '4' },
    write: { type: 'boolean', default: false },
  },
});

/** Notes that are named together before weights change, and notes before them whose names are given. */
const SEGMENT = 96;
const BEFORE = 64;
const LARGEST_STEP = 0.02;
const FORBIDDEN = -1000;

interface Song {
  notes: SpellNote[];
  names: number[];
  fifthsAt: (tick: number) => number;
}

const letters = 'FCGDAEB';

function fifthOf(name: string): number {
  const alter = name.includes('#') ? name.length - 1 : 1 - name.length;
  return letters.indexOf(name[0]) - 1 + 7 * alter;
}

function readSong(id: string): Song[] {
  const lied = readLied(id);
  if (!lied) return [];
  const { notes: printed, fifths, layout } = lied.print;
  const names = new Map(printed.map(({ start, pitch, name }) => [`${start} ${pitch}`, fifthOf(name)]));
  const notes = lied.played.notes.filter(({ start, pitch }) => names.has(`${start} ${pitch}`));
  const signatures = new Map(
    notes.map(({ start }) => [start, fifths[layout.bars.findLastIndex((bar) => bar.start <= start)] ?? 0]),
  );
  return [
    {
      notes,
      names: notes.map(({ start, pitch }) => names.get(`${start} ${pitch}`)!),
      fifthsAt: (tick) => signatures.get(tick)!,
    },
  ];
}

function nameAll(notes: readonly SpellNote[], fifthsAt: Song['fifthsAt'], score: ScoreName): number[] {
  const names: number[] = [];
  for (let path = bestNames(notes, fifthsAt, score); path.from; path = path.from) names.push(path.name);
  return names.reverse();
}

/** Features of names from a note on. */
function featuresOf({ notes, fifthsAt }: Song, names: readonly number[], from: number): number[] {
  const known = new Array<number>(128).fill(0);
  const all: number[] = [];
  const features: number[] = [];
  walkNotes(notes, fifthsAt, (shared, index) => {
    spellFeatures(relate(shared), known, names[index], features);
    if (index >= from) all.push(...features);
    known[shared.pitch] = names[index];
  });
  return all;
}

function rate(songs: readonly Song[], weights: Float64Array): number {
  let right = 0;
  let all = 0;
  for (const { notes, names, fifthsAt } of songs) {
    const found = nameAll(notes, fifthsAt, scoreByWeights(weights));
    right += found.filter((name, at) => name === names[at]).length;
    all += names.length;
  }
  return (100 * right) / all;
}

function cut(song: Song, from: number): { part: Song; given: number } {
  const start = Math.max(0, from - BEFORE);
  const [notes, names] = [song.notes, song.names].map((list) => list.slice(start, from + SEGMENT));
  return { part: { ...song, notes: notes as SpellNote[], names: names as number[] }, given: from - start };
}

const songs = listLieder('01234', Number(values.sample)).flatMap(readSong);
const training = songs.filter((_, at) => at % 4 !== 0);
const test = songs.filter((_, at) => at % 4 === 0);
const weights = new AveragedWeights(spellWeightCount, LARGEST_STEP);
const segments = training.flatMap((song) =>
  song.notes.flatMap((_, at) => (at % SEGMENT === 0 ? [cut(song, at)] : [])),
);
for (let round = 1; round <= Number(values.rounds); round++) {
  shuffle(segments);
  for (const { part, given } of segments) {
    const score = scoreByWeights(weights.values);
    const found = nameAll(part.notes, part.fifthsAt, (relations, known, name, index) => {
      if (index >= given) return score(relations, known, name, index);
      return name === part.names[index] ? 0 : FORBIDDEN;
    });
    const loss = found.filter((name, at) => name !== part.names[at]).length;
    weights.step(featuresOf(part, part.names, given), featuresOf(part, found, given), loss);
  }
  console.log(`round ${round}: ${rate(test, weights.mean()).toFixed(2)} % of notes named as printed`);
}
if (values.write) {
  const before = `/**
 * Weights of the places in \`spell-features.ts\`, fitted to the names of notes in songs of the OpenScore Lieder (CC0) whose
 * number ends in 0 to 4 (\`tests/bench/fits/spelling.ts\`). Higher is likelier.
 */
// biome-ignore format: a table
export const spellWeights: readonly number[] = `;
  writeWeights('spell-weights.ts', before, weights.mean());
}
