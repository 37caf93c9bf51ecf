import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SongMark } from '../../../main/contract/library.ts';
import { openEngineCalls } from '../../../main/engine/calls.ts';
import { readImageSize } from '../../../main/engine/covers/image-size.ts';
import { findExample } from '../../../main/engine/example.ts';
import { openLibrary } from '../../../main/engine/library/library.ts';
import { makeWav } from '../../e2e/support/wav.ts';
import { makeAnalysis, makeArrangement, makeFolder, removeFolder } from '../library/fixtures.ts';

let folder: string;
let engine: Awaited<ReturnType<typeof openEngineCalls>>;
let marks: SongMark[];
let waiting: (() => void)[];

async function open(): Promise<void> {
  engine = await openEngineCalls({
    libraryDir: path.join(folder, 'library'),
    device: 'cpu',
    emit(event, payload) {
      if (event !== 'songs.marked') return;
      marks.push(...(payload as SongMark[]));
      for (const resolve of waiting.splice(0)) resolve();
    },
  });
}

/** Waits until a song is told of as `wanted`. */
async function told(wanted: SongMark): Promise<void> {
  const isTold = () => marks.findLast(({ songId }) => songId === wanted.songId);
  while (JSON.stringify(isTold()) !== JSON.stringify(wanted)) {
    await new Promise<void>((resolve) => waiting.push(resolve));
  }
}

function writeSong(name: string, title: string): string {
  const file = path.join(folder, 'music', name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, makeWav({ INAM: title }, title.length / 10));
  return file;
}

const listed = async () => await engine.calls['songs.list']({});

beforeEach(async () => {
  folder = makeFolder();
  marks = [];
  waiting = [];
  await open();
});
afterEach(async () => {
  await engine.close();
  removeFolder(folder);
});

describe('a file that has gone', () => {
  it('is told of, and found again in a folder by its content, whatever it is called now', async () => {
    const files = [writeSong('one.wav', 'One, two'), writeSong('two.wav', 'Three')];
    const { added } = await engine.calls['songs.import']({ paths: files });
    const [one, two] = added.map(({ id }) => id) as [string, string];
    await engine.close();
    // What was heard and written stays with the song.
    const library = openLibrary(path.join(folder, 'library'));
    const info = { hash: one, title: 'One, two', artist: '', album: '', duration: 0.8 };
    library.analyses.put(makeAnalysis(info), { createdAt: 0 });
    library.takes.add(makeArrangement(info), 0);
    library.close();
    const elsewhere = path.join(folder, 'moved', 'deep');
    mkdirSync(elsewhere, { recursive: true });
    renameSync(files[0]!, path.join(elsewhere, 'renamed.wav'));
    // Of the same size and another content; and no sound at all.
    const decoy = readFileSync(path.join(elsewhere, 'renamed.wav'));
    decoy[decoy.length - 1]! ^= 1;
    writeFileSync(path.join(elsewhere, 'decoy.wav'), decoy);
    writeFileSync(path.join(elsewhere, 'letter.txt'), decoy);

    marks = [];
    await open();
    await told({ songId: one, cover: false, missing: true });
    expect((await listed()).map(({ missing }) => missing ?? false)).toEqual([true, false]);
    expect(await engine.calls['songs.missingSizes']({})).toEqual([
      statSync(path.join(elsewhere, 'decoy.wav')).size,
    ]);

    const nothing = await engine.calls['songs.findMoved']({ paths: [path.join(folder, 'music')] });
    expect(nothing).toEqual({ found: [], missing: 1 });
    const { found, missing } = await engine.calls['songs.findMoved']({ paths: [path.join(folder, 'moved')] });
    expect({ ids: found.map(({ id }) => id), missing }).toEqual({ ids: [one], missing: 0 });
    await told({ songId: one, cover: false, missing: false });
    const [again] = await listed();
    expect(again).toMatchObject({
      id: one,
      path: path.join(elsewhere, 'renamed.wav'),
      analysed: true,
      takes: 1,
    });
    expect(again!.missing).toBeUndefined();
    expect((await listed())[1]!.id).toBe(two);
  });

  it('is not taken for another one', async () => {
    const file = writeSong('one.wav', 'One');
    const other = writeSong('other.wav', 'Other');
    const { added } = await engine.calls['songs.import']({ paths: [file] });
    const songId = added[0]!.id;
    const wrong = engine.calls['songs.relink']({ songId, path: other });
    await expect(wrong).rejects.toMatchObject({
      code: 'song-mismatch',
      message: expect.stringContaining('other.wav'),
    });
    const nowhere = engine.calls['songs.relink']({ songId, path: path.join(folder, 'nowhere.wav') });
    await expect(nowhere).rejects.toMatchObject({ code: 'file-not-found' });
    const moved = path.join(folder, 'moved.wav');
    renameSync(file, moved);
    expect(await engine.calls['songs.relink']({ songId, path: moved })).toMatchObject({
      id: songId,
      path: moved,
    });
  });
});

describe('the piece that comes with Songleaf', () => {
  it('becomes a song with a cover, and goes with its copy', async () => {
    const song = await engine.calls['songs.addExample']({});
    expect(song).toMatchObject({ title: 'Paper Boats', artist: 'Songleaf' });
    expect(song.path).not.toBe(findExample());
    expect(readFileSync(song.path).equals(readFileSync(findExample()))).toBe(true);
    // A second time it is the same song.
    expect((await engine.calls['songs.addExample']({})).id).toBe(song.id);
    await told({ songId: song.id, cover: true, missing: false });
    expect((await listed())[0]!.cover).toBe(true);
    const picture = await engine.calls['media.file']({ kind: 'cover', songId: song.id });
    expect(readImageSize(readFileSync(picture.path))).toEqual({ width: 112, height: 112 });
    await engine.calls['songs.remove']({ songId: song.id });
    expect(existsSync(song.path)).toBe(false);
    expect(readdirSync(path.join(folder, 'library', 'uploads'))).toEqual([]);
    expect(readdirSync(path.join(folder, 'library', 'covers'))).toEqual([]);
    expect(existsSync(findExample())).toBe(true);
  });
});
