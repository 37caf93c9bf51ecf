/**
 * Our engraving beside the print: piano staves of the OpenScore Lieder (CC0) are reduced to notes on the beat grid
 * (no staff, voice, spelling, beams or key; each note held for a seeded 60-95 % of its length), engraved again, and
 * compared note by note. `support/engraving/compare-pages.ts` defines the figures. MuseScore's import of a MIDI file of
 * the same notes and bars stands beside it, where MuseScore is installed.
 * Usage: node tests/bench/engraving.ts [--digits 5689] [--sample N] [--musescore N] [--songs]
 *   --digits: songs whose number ends in one of them; 0-4 are for development, 5, 6, 8, 9 for reports
 *   --sample: so many songs (all); --musescore: so many of them also with MuseScore (0); --songs: a line a song
 */
import { parseArgs } from 'node:util';
import { engrave } from '../../main/engine/score/engrave.ts';
import { arrangeGrid } from '../../main/engine/score/import/arrange-grid.ts';
import { writeMusicXml } from '../../main/engine/score/musicxml.ts';
import { readParts } from '../../main/engine/score/musicxml-content.ts';
import { readPrint } from '../../main/engine/score/reading.ts';
import { museScore } from '../unit/score/tools.ts';
import { comparePages, type Likeness } from './support/engraving/compare-pages.ts';
import { hasLieder, liederFolder, listLieder, readLied } from './support/engraving/lieder.ts';
import { importWithMuseScore } from './support/engraving/musescore-import.ts';
import { type PrintedPage, readPage } from './support/engraving/printed-notes.ts';

const { values } = parseArgs({
  options: {
    digits: { type: 'string', default: '5689' },
    sample: { type: 'string' },
    musescore: { type: 'string', default: '0' },
    songs: { type: 'boolean', default: false },
  },
});

const figures = [
  'spelling',
  'staff',
  'key',
  'voices',
  'beams',
  'values',
  'symbols',
  'key bars',
  'spelling, turned',
  'found',
];
const counted = ['rests', 'ties', 'accidentals'] as const;

/** Sums over songs. */
class Column {
  readonly likeness: Likeness = {};
  readonly marks = { heads: 0, rests: 0, ties: 0, accidentals: 0 };
  songs = 0;

  add(page: PrintedPage, likeness: Likeness): void {
    this.songs++;
    for (const [name, { equal, of }] of Object.entries(likeness)) {
      this.likeness[name] ??= { equal: 0, of: 0 };
      this.likeness[name].equal += equal;
      this.likeness[name].of += of;
    }
    for (const name of ['heads', ...counted] as const) this.marks[name] += page[name];
  }

  percent(name: string): string {
    const { equal, of } = this.likeness[name] ?? { equal: 0, of: 0 };
    return of === 0 ? '-' : ((100 * equal) / of).toFixed(2);
  }

  per100(name: (typeof counted)[number]): string {
    return ((100 * this.marks[name]) / Math.max(1, this.marks.heads)).toFixed(1);
  }
}

function printTable(columns: Record<string, Column>): void {
  const names = Object.keys(columns);
  console.log(`| | ${names.map((name) => `${name} (${columns[name]!.songs} songs)`).join(' | ')} |`);
  console.log(`|---|${names.map(() => '---:|').join('')}`);
  for (const figure of figures) {
    console.log(`| ${figure} % | ${names.map((name) => columns[name]!.percent(figure)).join(' | ')} |`);
  }
  for (const name of counted) {
    console.log(
      `| ${name} per 100 notes | ${names.map((each) => columns[each]!.per100(name)).join(' | ')} |`,
    );
  }
}

function printSong(id: string, likeness: Likeness): void {
  const percents = Object.entries(likeness).map(
    ([name, { equal, of }]) => `${name} ${((100 * equal) / of).toFixed(1)}`,
  );
  console.log(id, percents.join(', '));
}

function main(): void {
  if (!hasLieder) {
    console.log(`skipped: no songs at ${liederFolder}`);
    return;
  }
  const ids = listLieder(values.digits, values.sample === undefined ? undefined : Number(values.sample));
  const withMuseScore = museScore === null ? 0 : Number(values.musescore);
  const alsoImported = new Set(ids.filter((_, at) => (at * withMuseScore) % ids.length < withMuseScore));
  const columns: Record<string, Column> = { print: new Column(), ours: new Column() };
  if (alsoImported.size > 0) {
    columns['ours, same songs'] = new Column();
    columns.MuseScore = new Column();
  }
  let skipped = 0;
  let seconds = 0;
  for (const id of ids) {
    const lied = readLied(id);
    if (!lied) {
      skipped++;
      continue;
    }
    const before = performance.now();
    const arrangement = arrangeGrid(lied.played, '0'.repeat(64));
    const score = engrave(arrangement, undefined, readPrint(arrangement));
    seconds += (performance.now() - before) / 1000;
    const page = readPage(readParts(writeMusicXml(score, { software: 'Songleaf', date: '2025-01-01' })));
    const likeness = comparePages(lied.print, page);
    columns.print!.add(lied.print, {});
    columns.ours!.add(page, likeness);
    if (values.songs) printSong(id, likeness);
    const imported = alsoImported.has(id) ? importWithMuseScore(lied.played) : null;
    if (imported) {
      columns['ours, same songs']!.add(page, likeness);
      const likenessOfImport = comparePages(lied.print, imported);
      columns.MuseScore!.add(imported, likenessOfImport);
      if (values.songs) printSong(`${id} MuseScore`, likenessOfImport);
    }
  }
  console.log(
    `${ids.length} songs whose number ends in ${[...values.digits].join(', ')}; ${skipped} have a bar off the grid or not two staves`,
  );
  printTable(columns);
  console.log(`engraving took ${seconds.toFixed(1)} s`);
}

main();
