import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SongInfo } from '../../../main/contract/analysis.ts';
import { SongleafError } from '../../../main/contract/errors.ts';
import { importResultSchema } from '../../../main/contract/library.ts';
import { importPaths } from '../../../main/engine/library/import-paths.ts';
import { type Library, openLibrary } from '../../../main/engine/library/library.ts';
import { DAY_ONE, makeFolder, removeFolder } from './fixtures.ts';

let folder: string;
let music: string;
let library: Library;
let read: string[];
beforeEach(() => {
  folder = makeFolder();
  music = path.join(folder, 'music');
  fs.mkdirSync(music);
  library = openLibrary(path.join(folder, 'library'));
  read = [];
});
afterEach(() => {
  library.close();
  removeFolder(folder);
});

const isAudioFile = (file: string) => /\.(ogg|mp3)$/i.test(file);

/** Reads "tags" from the first line of a file; `protected` stands for a file that cannot be used. */
async function readInfo(file: string): Promise<SongInfo> {
  read.push(path.basename(file));
  const bytes = fs.readFileSync(file);
  const title = bytes.toString('utf8').split('\n')[0]!;
  if (title === 'protected')
    throw new SongleafError('audio-protected', `${file} is protected.`, 'Buy it again.');
  const hash = createHash('sha256').update(bytes).digest('hex');
  return { hash, title, artist: '', album: '', duration: 1 };
}

function write(name: string, content: string): string {
  const file = path.join(music, name);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, content);
  return file;
}

async function run(
  paths: string[],
  extra: {
    onProgress?: (p: { done: number; total: number; path: string }) => void;
    signal?: AbortSignal;
  } = {},
) {
  read = [];
  const result = await importPaths(library, paths, readInfo, { isAudioFile, now: () => DAY_ONE, ...extra });
  expect(importResultSchema.parse(result)).toEqual(result);
  const titles = (songs: { title: string }[]) => songs.map((song) => song.title);
  return { ...result, titles: { added: titles(result.added), known: titles(result.known) } };
}

describe('importPaths', () => {
  it('finds the audio files of a folder to the bottom, in order of names', async () => {
    write('b/two.ogg', 'Two');
    write('b/deep/er/three.MP3', 'Three');
    write('a.ogg', 'One');
    write('cover.jpg', 'picture');
    write('.hidden.ogg', 'Hidden');
    write('.trash/gone.ogg', 'Gone');
    const progress: string[] = [];
    const onProgress = (p: { done: number; total: number; path: string }) =>
      progress.push(`${p.done}/${p.total} ${path.basename(p.path)}`);
    const result = await run([music], { onProgress });
    expect(result.titles).toEqual({ added: ['One', 'Two', 'Three'], known: [] });
    expect(result.failed).toEqual([]);
    expect(progress).toEqual(['1/3 a.ogg', '2/3 two.ogg', '3/3 three.MP3']);
    expect(library.songs.list()).toEqual(result.added);
  });

  it('does not read again what it knows', async () => {
    write('a.ogg', 'One');
    write('b.ogg', 'Two');
    await run([music]);
    expect(read).toHaveLength(2);
    write('c.ogg', 'Three');
    const again = await run([music]);
    expect(again.titles).toEqual({ added: ['Three'], known: ['One', 'Two'] });
    expect(read).toEqual(['c.ogg']);
  });

  it('makes one song of two files with the same content', async () => {
    const first = write('a.ogg', 'Same');
    write('b.ogg', 'Same');
    const result = await run([music]);
    expect(result.titles).toEqual({ added: ['Same'], known: ['Same'] });
    expect(library.songs.list()).toMatchObject([{ path: first }]);
    await run([music]);
    expect(library.songs.list()).toMatchObject([{ path: first }]);
  });

  it('follows a file that moved', async () => {
    const old = write('a.ogg', 'Song');
    await run([music]);
    const moved = path.join(music, 'sub', 'b.ogg');
    fs.mkdirSync(path.dirname(moved));
    fs.renameSync(old, moved);
    // In the old place there is now another song.
    write('a.ogg', 'Another song');
    const result = await run([music]);
    expect(result.titles).toEqual({ added: ['Another song'], known: ['Song'] });
    expect(result.known[0]!.path).toBe(moved);
    expect(library.songs.list()).toHaveLength(2);
  });

  it('sees that a file changed and that one was only touched', async () => {
    const changed = write('a.ogg', 'Before');
    const touched = write('b.ogg', 'Touched');
    await run([music]);
    fs.writeFileSync(changed, 'After');
    fs.utimesSync(touched, 1, 1);
    expect((await run([music])).titles).toEqual({ added: ['After'], known: ['Touched'] });
    expect((await run([music])).titles.known).toEqual(['After', 'Touched']);
    expect(read).toEqual([]);
  });

  it('ends loops of links and follows the others, each file once', async () => {
    const file = write('album/a.ogg', 'One');
    fs.symlinkSync(music, path.join(music, 'album', 'loop'));
    fs.symlinkSync('self', path.join(music, 'self'));
    fs.symlinkSync(path.join(music, 'album'), path.join(music, 'zz-twice'));
    fs.symlinkSync(file, path.join(music, 'link.ogg'));
    const outside = path.join(folder, 'outside');
    fs.mkdirSync(outside);
    fs.writeFileSync(path.join(outside, 'two.ogg'), 'Two');
    fs.symlinkSync(outside, path.join(music, 'elsewhere'));
    const result = await run([music, music, file]);
    expect(result.titles.added.sort()).toEqual(['One', 'Two']);
    expect(result.titles.known).toEqual([]);
    expect(result.failed).toEqual([]);
  });

  it('tells every path that it cannot use, and goes on', async () => {
    write('good.ogg', 'Good');
    const protectedFile = write('protected.ogg', 'protected');
    const text = write('notes.txt', 'words');
    const empty = path.join(music, 'empty');
    fs.mkdirSync(empty);
    const broken = path.join(music, 'broken.ogg');
    fs.symlinkSync('/nowhere', broken);
    const pipe = path.join(music, 'pipe.ogg');
    execFileSync('mkfifo', [pipe]);
    const missing = path.join(music, 'missing.ogg');
    const result = await run([missing, text, empty, music]);
    expect(result.titles).toEqual({ added: ['Good'], known: [] });
    expect(Object.fromEntries(result.failed.map((failure) => [failure.path, failure.error.code]))).toEqual({
      [missing]: 'file-not-found',
      [text]: 'audio-unsupported',
      [empty]: 'file-not-found',
      [broken]: 'file-not-found',
      [pipe]: 'file-unreadable',
      [protectedFile]: 'audio-protected',
    });
    for (const { path: file, error } of result.failed) expect(error.message).toContain(file);
  });

  it('gives a song without a title the name of its file', async () => {
    write('My Tune.ogg', '\nno title');
    expect((await run([music])).titles.added).toEqual(['My Tune']);
  });

  it('reports information that no schema allows as a failure of that file', async () => {
    const long = write('a.ogg', 'x'.repeat(1001));
    write('b.ogg', 'Good');
    const result = await run([music]);
    expect(result.titles.added).toEqual(['Good']);
    expect(result.failed).toMatchObject([{ path: long, error: { code: 'bad-request' } }]);
  });

  it('stops between two files when cancelled and keeps what it had', async () => {
    for (const name of ['a', 'b', 'c']) write(`${name}.ogg`, name);
    const controller = new AbortController();
    const importing = run([music], { signal: controller.signal, onProgress: () => controller.abort() });
    await expect(importing).rejects.toMatchObject({ code: 'cancelled' });
    expect(library.songs.list().map((song) => song.title)).toEqual(['a']);
  });

  it('twice at once adds each song once', async () => {
    for (let i = 0; i < 20; i += 1) write(`${i}.ogg`, `Song ${i}`);
    const [one, two] = await Promise.all([run([music]), run([music])]);
    expect(one.added.length + two.added.length).toBe(20);
    expect(library.songs.list()).toHaveLength(20);
  });
});
