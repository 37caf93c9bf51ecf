import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exportCommand } from '../../../main/cli/commands/export.ts';
import { openLibrary } from '../../../main/engine/library/library.ts';
import { readSong } from '../../../main/engine/song-file.ts';
import { makeWav } from '../../e2e/support/wav.ts';
import {
  makeAnalysis,
  makeArrangement,
  makeFile,
  makeFolder,
  makeSong,
  removeFolder,
} from '../library/fixtures.ts';
import { runCli } from './run-cli.ts';

let dir: string;
let library: string;

beforeAll(async () => {
  dir = makeFolder();
  library = path.join(dir, 'library');
  const opened = openLibrary(library);
  for (const [i, artist] of ['Ann', 'Bob'].entries()) {
    const file = path.join(dir, `${i}.wav`);
    writeFileSync(file, makeWav({ INAM: 'Same', IART: artist }, 2));
    const info = await readSong(file);
    opened.songs.add(info, { path: file, size: statSync(file).size, mtime: 0 }, i);
    opened.analyses.put(makeAnalysis(info), { createdAt: i });
    for (const seed of [1, 2]) opened.takes.add(makeArrangement(info, seed), seed);
  }
  opened.close();
});
afterAll(() => removeFolder(dir));

const run = async (out: string, ...args: string[]) =>
  await runCli(['export', '--library', library, '--out', path.join(dir, out), ...args]);
const files = (out: string) => readdirSync(path.join(dir, out)).sort();

describe('songleaf export', () => {
  it('names files as the window does', async () => {
    expect((await run('plain', '--format', 'mid,jams')).code).toBe(0);
    const of = (artist: string) => [
      `${artist} - Same - take 1.mid`,
      `${artist} - Same - take 2.mid`,
      `${artist} - Same.jams`,
    ];
    expect(files('plain')).toEqual([...of('Ann'), ...of('Bob')].sort());
  });

  it('takes names from a template, with numbers where two would be the same', async () => {
    expect((await run('named', '--format', 'musicxml', '--name', '{title} {bpm}')).code).toBe(0);
    expect(files('named')).toEqual(['', ' (2)', ' (3)', ' (4)'].map((n) => `Same 120${n}.musicxml`).sort());
    expect(readFileSync(path.join(dir, 'named', 'Same 120 (3).musicxml'), 'utf8')).toContain(
      '<score-partwise',
    );
    // Again, the same names: a terminal's files are made anew.
    expect((await run('named', '--format', 'musicxml', '--name', '{title} {bpm}')).code).toBe(0);
    expect(files('named')).toHaveLength(4);
  });

  it('knows its template’s fields', async () => {
    const wrong = await run('wrong', '--name', '{tempo}');
    expect(wrong.code).toBe(1);
    expect(wrong.stderr).toContain('{tempo}');
  });

  it('does the rest where a song cannot be exported, and says so of it', async () => {
    const partly = path.join(dir, 'partly');
    const opened = openLibrary(partly);
    for (const number of [1, 2]) {
      const song = makeSong(number);
      opened.songs.add(song, makeFile(number), number);
      opened.takes.add(makeArrangement(song), 0);
      if (number === 2) opened.analyses.put(makeAnalysis(song), { createdAt: 0 });
    }
    opened.close();
    const out = path.join(dir, 'partly-out');
    const run = await runCli(['export', '--library', partly, '--out', out, '--format', 'jams', '--json']);
    expect(run.code).toBe(1);
    const lines = run.stdout.trim().split('\n');
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([
      { song: makeFile(1).path, ok: false, error: { code: 'analysis-invalid' } },
      { song: makeFile(2).path, ok: true, id: makeSong(2).hash, files: [expect.any(String)] },
    ]);
    expect(readdirSync(out)).toEqual(['Nobody - Song 2.jams']);
    // What needs no analysis does without.
    const scores = await runCli(['export', '--library', partly, '--out', out, '--format', 'musicxml,mid']);
    expect(scores.code).toBe(0);
    expect(readdirSync(out)).toHaveLength(5);
  });

  it('writes nothing more when it was interrupted', async () => {
    const out = path.join(dir, 'interrupted');
    const flags = { library, out, name: '{title}', format: ['mid' as const], mix: 'piano' as const };
    await exportCommand([], flags, AbortSignal.abort());
    expect(readdirSync(out)).toEqual([]);
  });
});
