import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { zipFiles } from '../../../main/cli/serve/zip-files.ts';
import { SongleafError } from '../../../main/contract/errors.ts';
import { type ExportProgress, exportRequestSchema } from '../../../main/contract/export.ts';
import { nameFields } from '../../../main/contract/export-names.ts';
import { openEngineCalls } from '../../../main/engine/calls.ts';
import { openLibrary } from '../../../main/engine/library/library.ts';
import { readSong } from '../../../main/engine/song-file.ts';
import type { RelayedEngine } from '../../../main/shell/dispatch.ts';
import { exportTakes, type PageDrawer, planExport } from '../../../main/shell/export-takes.ts';
import { RunningExports } from '../../../main/shell/running-exports.ts';
import { writeTakeFile } from '../../../main/shell/take-file.ts';
import { makeWav } from '../../e2e/support/wav.ts';
import { makeAnalysis, makeArrangement, makeFolder, removeFolder } from '../library/fixtures.ts';
import { canMount, mountSmallDisk, unmount } from '../library/small-disk.ts';

let dir: string;
let takeIds: string[];
let opened: Awaited<ReturnType<typeof openEngineCalls>>;
let engine: RelayedEngine;

/** Two pages of whatever it is given. */
const draw: PageDrawer = {
  svg: async (musicxml) => [`<svg>${musicxml.length}</svg>`, '<svg/>'],
  pdf: async () => Buffer.from('%PDF-1.4'),
};

beforeAll(async () => {
  dir = makeFolder();
  const libraryDir = path.join(dir, 'library');
  const library = openLibrary(libraryDir);
  takeIds = [];
  for (const title of ['One', 'Two']) {
    const file = path.join(dir, `${title}.wav`);
    writeFileSync(file, makeWav({ INAM: title, IART: 'Nobody' }, 4));
    const song = await readSong(file);
    library.songs.add(song, { path: file, size: 1, mtime: 0 }, 0);
    library.analyses.put(makeAnalysis(song), { createdAt: 0 });
    takeIds.push(library.takes.add(makeArrangement(song), 0).id);
  }
  library.close();
  opened = await openEngineCalls({ libraryDir, device: 'cpu', emit: () => undefined });
  engine = { call: (name, input) => opened.calls[name](input as never) };
});
afterAll(async () => {
  await opened.close();
  removeFolder(dir);
});

const request = (change: object) =>
  exportRequestSchema.parse({ id: 'x', takeIds, formats: ['musicxml'], ...change });

async function run(change: object, folder: string, signal = new AbortController().signal) {
  const asked = request(change);
  const progress: ExportProgress[] = [];
  mkdirSync(folder, { recursive: true });
  const exported = await exportTakes(
    engine,
    draw,
    asked,
    await planExport(engine, asked),
    { folder },
    {
      signal,
      onProgress: (each) => progress.push(each),
    },
  );
  return { ...exported, progress };
}

describe('an export', () => {
  it('writes every take in every format under its name, and tells how far it is', async () => {
    const folder = path.join(dir, 'all');
    const formats = ['musicxml', 'mxl', 'pdf', 'svg', 'mid', 'jams', 'flac'];
    const { written, failed, progress } = await run({ formats }, folder);
    expect(failed).toEqual([]);
    const of = (title: string) => [
      `Nobody - ${title} - take 1.flac`,
      `Nobody - ${title} - take 1.mid`,
      `Nobody - ${title} - take 1.musicxml`,
      `Nobody - ${title} - take 1.mxl`,
      `Nobody - ${title} - take 1.page1.svg`,
      `Nobody - ${title} - take 1.page2.svg`,
      `Nobody - ${title} - take 1.pdf`,
      `Nobody - ${title}.jams`,
    ];
    expect(readdirSync(folder).sort()).toEqual([...of('One'), ...of('Two')].sort());
    expect([...written].sort()).toEqual(readdirSync(folder).sort());
    expect(readFileSync(path.join(folder, 'Nobody - One - take 1.flac')).subarray(0, 4).toString()).toBe(
      'fLaC',
    );
    expect(readFileSync(path.join(folder, 'Nobody - One - take 1.musicxml'), 'utf8')).toContain(
      '<score-partwise',
    );
    expect(progress.map(({ done, total }) => [done, total])).toEqual(
      Array.from({ length: 14 }, (_, done) => [done, 14]),
    );
  });

  it('writes each take in the key in which its song is read, unless it is told another', async () => {
    const [first, second] = await opened.calls['songs.list']({});
    const options = await opened.calls['songs.scoreOptions']({ songId: first!.id });
    await opened.calls['songs.setScoreOptions']({
      songId: first!.id,
      options: { ...options, transpose: 2 },
    });
    const keys = async (change: object, folder: string) => {
      await run({ names: '{title}', ...change }, folder);
      return [first, second].map(
        (song) =>
          /<fifths>(-?\d+)</.exec(readFileSync(path.join(folder, `${song!.title}.musicxml`), 'utf8'))![1],
      );
    };
    const own = await keys({}, path.join(dir, 'own-keys'));
    const plain = await keys({ options }, path.join(dir, 'told-key'));
    await opened.calls['songs.setScoreOptions']({ songId: first!.id, options });
    expect(own[0]).not.toBe(plain[0]);
    expect(own[1]).toBe(plain[1]);
  });

  it('writes over nothing that was there', async () => {
    const folder = path.join(dir, 'twice');
    await run({ names: '{title}' }, folder);
    const before = readFileSync(path.join(folder, 'One.musicxml'));
    const { written } = await run({ names: '{title}' }, folder);
    expect(written).toEqual(['One (2).musicxml', 'Two (2).musicxml']);
    expect(readFileSync(path.join(folder, 'One.musicxml')).equals(before)).toBe(true);
  });

  it('goes on after a file that cannot be made, and says why', async () => {
    const folder = path.join(dir, 'partly');
    const broken: PageDrawer = {
      ...draw,
      pdf: () => Promise.reject(new SongleafError('browser-missing', 'No browser.', 'Install one.')),
    };
    const asked = request({ formats: ['pdf', 'mid'] });
    mkdirSync(folder);
    const files = await planExport(engine, asked);
    const { signal } = new AbortController();
    const { written, failed } = await exportTakes(engine, broken, asked, files, { folder }, { signal });
    expect(written).toHaveLength(2);
    expect(failed.map(({ name, error }) => [name, error.code])).toEqual([
      ['Nobody - One - take 1.pdf', 'browser-missing'],
      ['Nobody - Two - take 1.pdf', 'browser-missing'],
    ]);
  });

  it('leaves nothing half-written where the folder has gone', async () => {
    const folder = path.join(dir, 'gone');
    const asked = request({});
    const files = await planExport(engine, asked);
    const { signal } = new AbortController();
    const { written, failed } = await exportTakes(engine, draw, asked, files, { folder }, { signal });
    expect(written).toEqual([]);
    expect(failed.map(({ error }) => error.code)).toEqual(['file-unwritable', 'file-unwritable']);
    expect(existsSync(folder)).toBe(false);
  });

  it('ends at once when it is cancelled, with whole files only', async () => {
    const folder = path.join(dir, 'cancelled');
    const exports = new RunningExports();
    const asked = request({ id: 'c', formats: ['mid', 'pdf'] });
    mkdirSync(folder);
    const files = await planExport(engine, asked);
    const slow: PageDrawer = {
      ...draw,
      pdf: (_musicxml, { signal }) => {
        exports.cancel('c');
        return new Promise((_resolve, reject) => {
          if (signal.aborted) reject(signal.reason as Error);
        });
      },
    };
    const result = await exports.run('c', (signal) =>
      exportTakes(engine, slow, asked, files, { folder }, { signal }),
    );
    expect(result).toMatchObject({ cancelled: true, failed: [], written: ['Nobody - One - take 1.mid'] });
    expect(readdirSync(folder)).toEqual(['Nobody - One - take 1.mid']);
    expect(exports.firstFile('c')).toBe(path.join(folder, 'Nobody - One - take 1.mid'));
    expect(() => exports.firstFile('other')).toThrow(SongleafError);
  });

  it('refuses what makes no sense, before a folder is asked for', async () => {
    const bad = { code: 'bad-request' };
    await expect(planExport(engine, request({ names: '{tempo}' }))).rejects.toMatchObject(bad);
    const every = nameFields.map((field) => `{${field}}`);
    const { hint } = await planExport(engine, request({ names: '{tempo}' })).catch((error) => error);
    expect(hint.match(/\{\w+\}/g)).toEqual(every);
    await expect(planExport(engine, request({ takeIds: ['none'] }))).rejects.toMatchObject(bad);
    const options = { transpose: 2, leadSheet: false };
    await expect(
      planExport(engine, request({ formats: ['wav'], mix: 'record', options })),
    ).rejects.toMatchObject(bad);
  });

  it('plays a transposed take in its new key', async () => {
    const plain = await run({ formats: ['wav'], takeIds: takeIds.slice(0, 1) }, path.join(dir, 'plain'));
    const higher = await run(
      { formats: ['wav'], takeIds: takeIds.slice(0, 1), options: { transpose: 3 } },
      path.join(dir, 'higher'),
    );
    const [a, b] = [plain, higher].map(({ paths }) => readFileSync(paths[0]!));
    expect(a!.length).toBe(b!.length);
    expect(a!.equals(b!)).toBe(false);
  });
});

it('a take to be opened elsewhere is a whole file under its own name', async () => {
  const parent = path.join(dir, 'handed');
  const file = await writeTakeFile(engine, { takeId: takeIds[0]!, names: '{title}' }, parent);
  expect(path.basename(file)).toBe('One.musicxml');
  expect(readFileSync(file, 'utf8')).toContain('</score-partwise>');
  // A second time it is written anew, under the same name.
  expect(await writeTakeFile(engine, { takeId: takeIds[0]!, names: '{title}' }, parent)).toBe(file);
  expect(readdirSync(path.dirname(file))).toEqual(['One.musicxml']);
});

it('files become one ZIP file, the same for the same files', async () => {
  const folder = path.join(dir, 'zip');
  mkdirSync(folder);
  const files = ['ä.musicxml', 'b.flac'].map((name) => path.join(folder, name));
  writeFileSync(files[0]!, 'x'.repeat(300_000));
  writeFileSync(files[1]!, Buffer.from([1, 2, 3]));
  const { signal } = new AbortController();
  for (const name of ['1.zip', '2.zip']) await zipFiles(files, path.join(folder, name), signal);
  const [first, second] = ['1.zip', '2.zip'].map((name) => readFileSync(path.join(folder, name)));
  expect(first!.equals(second!)).toBe(true);
  const inside = unzipSync(first!);
  expect(Object.keys(inside)).toEqual(['ä.musicxml', 'b.flac']);
  expect(Buffer.from(inside['ä.musicxml']!).toString()).toBe('x'.repeat(300_000));
  expect([...inside['b.flac']!]).toEqual([1, 2, 3]);
  expect(first!.length).toBeLessThan(5000);
});

it('a ZIP file goes on after files whose end filled the buffer', async () => {
  const folder = path.join(dir, 'zip-on');
  mkdirSync(folder);
  // Read and buffered by 64 KiB: what stands behind the last piece fills it where the disk is not quick enough. Of the
  // little file next nothing comes out before its end.
  const noise = randomBytes(2 * 65_536 - 8);
  const files = Array.from({ length: 100 }, (_, i) => path.join(folder, `${i}${i % 2 ? '.jams' : '.flac'}`));
  for (const file of files) writeFileSync(file, file.endsWith('.jams') ? '{}' : noise);
  const target = path.join(folder, 'all.zip');
  await zipFiles(files, target, AbortSignal.timeout(10_000));
  expect(Object.keys(unzipSync(readFileSync(target)))).toHaveLength(100);
});

it.skipIf(!canMount)('a ZIP file that does not fit says where there is no room', async () => {
  const folder = path.join(dir, 'full');
  mkdirSync(folder);
  expect(mountSmallDisk(folder)).toBe(true);
  try {
    const file = path.join(dir, 'noise.flac');
    writeFileSync(file, randomBytes(3_000_000));
    const target = path.join(folder, 'noise.zip');
    await expect(zipFiles([file], target, new AbortController().signal)).rejects.toMatchObject({
      code: 'file-unwritable',
      message: expect.stringContaining(folder),
    });
  } finally {
    unmount(folder);
  }
});
