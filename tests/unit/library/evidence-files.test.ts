import fs from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Library, openLibrary } from '../../../main/engine/library/library.ts';
import { codeOf, DAY_ONE, makeFile, makeFolder, makeSong, removeFolder } from './fixtures.ts';

let folder: string;
let library: Library;
const song = makeSong(1);
const bytes = Uint8Array.from({ length: 5000 }, (_, i) => (i * 7) % 256);
const made = { engine: 'ears-1', createdAt: DAY_ONE };
beforeEach(() => {
  folder = makeFolder();
  library = openLibrary(folder);
  library.songs.add(song, makeFile(1), DAY_ONE);
});
afterEach(() => {
  library.close();
  removeFolder(folder);
});

const fileOf = (songId: string) => path.join(folder, 'evidence', `${songId}.notes.bin`);
const names = () => fs.readdirSync(path.join(folder, 'evidence'));

describe('evidence files', () => {
  it('come back as they were', () => {
    expect(library.evidence.getPath(song.hash, 'notes', 'ears-1')).toBeNull();
    library.evidence.put(song.hash, 'notes', bytes, made);
    expect(library.evidence.getPath(song.hash, 'notes', 'ears-1')).toBe(fileOf(song.hash));
    expect(library.evidence.read(song.hash, 'notes', 'ears-1')).toEqual(bytes);
    expect(names()).toEqual([`${song.hash}.notes.bin`]);
  });

  it('of another engine count as none', () => {
    library.evidence.put(song.hash, 'notes', bytes, made);
    expect(library.evidence.getPath(song.hash, 'notes', 'ears-2')).toBeNull();
    expect(library.evidence.read(song.hash, 'notes', 'ears-2')).toBeNull();
    library.evidence.put(song.hash, 'notes', bytes.subarray(1), { ...made, engine: 'ears-2' });
    expect(library.evidence.read(song.hash, 'notes', 'ears-1')).toBeNull();
    expect(library.evidence.read(song.hash, 'notes', 'ears-2')).toEqual(bytes.slice(1));
  });

  it('that are missing, cut off or changed count as none', () => {
    library.evidence.put(song.hash, 'notes', bytes, made);
    const changed = bytes.slice();
    changed[100]! ^= 1;
    fs.writeFileSync(fileOf(song.hash), changed);
    expect(library.evidence.read(song.hash, 'notes', 'ears-1')).toBeNull();
    expect(library.notices.map((notice) => notice.kind)).toEqual(['evidence-lost']);
    fs.writeFileSync(fileOf(song.hash), bytes.subarray(0, 10));
    expect(library.evidence.getPath(song.hash, 'notes', 'ears-1')).toBeNull();
    fs.rmSync(fileOf(song.hash));
    expect(library.evidence.getPath(song.hash, 'notes', 'ears-1')).toBeNull();
    expect(library.evidence.read(song.hash, 'notes', 'ears-1')).toBeNull();
    library.evidence.put(song.hash, 'notes', bytes, made);
    expect(library.evidence.read(song.hash, 'notes', 'ears-1')).toEqual(bytes);
  });

  it('need a song and stay in their folder', () => {
    expect(codeOf(() => library.evidence.put(makeSong(2).hash, 'notes', bytes, made))).toBe('song-unknown');
    for (const hostile of ['../../outside', 'a', `${song.hash}/..`, '']) {
      expect(codeOf(() => library.evidence.put(hostile, 'notes', bytes, made))).toBe('song-unknown');
      expect(codeOf(() => library.evidence.getPath(hostile, 'notes', 'ears-1'))).toBe('song-unknown');
    }
    expect(names()).toEqual([]);
  });

  it('are swept at start: leftovers go, rows without a file go, strangers and the rest stay', () => {
    const second = makeSong(2);
    library.songs.add(second, makeFile(2), DAY_ONE);
    library.evidence.put(song.hash, 'notes', bytes, made);
    library.evidence.put(second.hash, 'notes', bytes, made);
    library.close();
    fs.rmSync(fileOf(second.hash));
    fs.writeFileSync(`${fileOf(song.hash)}.tmp`, 'half');
    fs.writeFileSync(fileOf(makeSong(3).hash), 'orphan');
    fs.writeFileSync(path.join(folder, 'evidence', 'notes.txt'), 'mine');
    library = openLibrary(folder);
    expect(names().sort()).toEqual([`${song.hash}.notes.bin`, 'notes.txt'].sort());
    expect(library.notices).toHaveLength(1);
    expect(library.notices[0]).toMatchObject({ kind: 'evidence-lost' });
    expect(library.evidence.read(song.hash, 'notes', 'ears-1')).toEqual(bytes);
    fs.writeFileSync(fileOf(second.hash), bytes);
    expect(library.evidence.getPath(second.hash, 'notes', 'ears-1')).toBeNull();
  });
});
