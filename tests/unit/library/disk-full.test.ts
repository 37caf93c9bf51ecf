import fs from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openLibrary } from '../../../main/engine/library/library.ts';
import {
  codeOf,
  DAY_ONE,
  listFiles,
  makeAnalysis,
  makeArrangement,
  makeFile,
  makeFolder,
  makeSong,
  removeFolder,
} from './fixtures.ts';
import { canMount, fillDisk, mountSmallDisk, unmount } from './small-disk.ts';

let folder: string;
beforeEach(() => {
  folder = makeFolder();
});
afterEach(() => {
  unmount(folder);
  removeFolder(folder);
});

describe.skipIf(!canMount)('a full disk (skipped where a small disk cannot be mounted)', () => {
  it('fails the change by name, keeps all before it and works again when there is room', () => {
    expect(mountSmallDisk(folder)).toBe(true);
    const library = openLibrary(folder);
    const song = makeSong(1);
    library.songs.add(song, makeFile(1), DAY_ONE);
    library.analyses.put(makeAnalysis(song), { createdAt: DAY_ONE });
    const ballast = fillDisk(folder);
    const errors: string[] = [];
    for (let seed = 1; seed < 200; seed += 1) {
      errors.push(codeOf(() => library.takes.add(makeArrangement(song, seed), DAY_ONE)));
    }
    expect(errors.at(-1)).toBe('file-unwritable');
    const kept = errors.filter((code) => code === 'no error').length;
    expect(library.takes.list(song.hash)).toHaveLength(kept);
    expect(codeOf(() => library.backup())).toBe('file-unwritable');
    const evidence = { engine: 'e', createdAt: DAY_ONE };
    expect(codeOf(() => library.evidence.put(song.hash, 'notes', new Uint8Array(100_000), evidence))).toBe(
      'file-unwritable',
    );
    expect(listFiles(folder).filter((name) => name.endsWith('.tmp'))).toEqual([]);
    fs.rmSync(ballast);
    library.takes.add(makeArrangement(song, 1000), DAY_ONE);
    library.evidence.put(song.hash, 'notes', new Uint8Array(100_000), evidence);
    expect(library.verify()).toEqual([]);
    library.close();
    const again = openLibrary(folder);
    expect(again.takes.list(song.hash)).toHaveLength(kept + 1);
    expect(again.analyses.get(song.hash)?.analysis).toEqual(makeAnalysis(song));
    again.close();
  });

  it('at closing loses nothing', () => {
    expect(mountSmallDisk(folder)).toBe(true);
    const library = openLibrary(folder);
    library.songs.add(makeSong(1), makeFile(1), DAY_ONE);
    const ballast = fillDisk(folder);
    library.close();
    expect(fs.statSync(path.join(folder, 'library.db-wal')).size).toBeGreaterThan(0);
    fs.rmSync(ballast);
    const again = openLibrary(folder);
    expect(again.songs.list()).toHaveLength(1);
    again.close();
  });

  it('is told when a library is to be made on it', () => {
    expect(mountSmallDisk(folder)).toBe(true);
    const ballast = fillDisk(folder);
    expect(codeOf(() => openLibrary(folder))).toBe('file-unwritable');
    fs.rmSync(ballast);
    openLibrary(folder).close();
  });
});
