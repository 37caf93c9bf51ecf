import fs from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createStemFiles } from '../../../main/engine/library/stem-files.ts';
import { codeOf, makeFolder, makeSong, removeFolder } from './fixtures.ts';

let folder: string;
beforeEach(() => {
  folder = makeFolder();
});
afterEach(() => removeFolder(folder));

const ids = [1, 2, 3].map((number) => makeSong(number).hash);
const names = () => fs.readdirSync(folder).sort();

/** Puts both stems of a song there, used so many seconds after 2001. */
function put(songId: string, bytes: number, used: number, engine = 'e1') {
  const paths = createStemFiles(folder).place(songId, engine);
  for (const file of [paths.vocals, paths.accompaniment]) {
    fs.writeFileSync(file, Buffer.alloc(bytes));
    fs.utimesSync(file, 978_307_200 + used, 978_307_200 + used);
  }
  return paths;
}

describe('stem files', () => {
  it('are found as a pair, of the engine that is asked for', () => {
    const stems = createStemFiles(folder);
    const paths = put(ids[0]!, 10, 0);
    expect(stems.find(ids[0]!, 'e1')).toEqual(paths);
    expect(stems.find(ids[0]!, 'e2')).toBeNull();
    expect(stems.find(ids[1]!, 'e1')).toBeNull();
    fs.rmSync(paths.accompaniment);
    expect(stems.find(ids[0]!, 'e1')).toBeNull();
    expect(codeOf(() => stems.find('../../outside', 'e1'))).toBe('song-unknown');
  });

  it('leave by the time of their last use when there are too many, but not the song in hand', () => {
    const stems = createStemFiles(folder, 100);
    put(ids[0]!, 20, 1);
    put(ids[1]!, 20, 2);
    put(ids[2]!, 20, 3);
    stems.find(ids[0]!, 'e1');
    stems.trim(ids[2]!);
    expect(stems.find(ids[1]!, 'e1')).toBeNull();
    expect(stems.find(ids[0]!, 'e1')).not.toBeNull();
    expect(stems.find(ids[2]!, 'e1')).not.toBeNull();
    put(ids[1]!, 200, 4);
    stems.trim(ids[1]!);
    expect(names().every((name) => name.startsWith(ids[1]!))).toBe(true);
    expect(names()).toHaveLength(2);
  });

  it('are swept: halves, unfinished files and those of other engines go, strangers stay', () => {
    const stems = createStemFiles(folder);
    const paths = put(ids[0]!, 10, 0);
    put(ids[1]!, 10, 0, 'e0');
    fs.rmSync(put(ids[2]!, 10, 0).accompaniment);
    fs.writeFileSync(`${paths.vocals}.tmp`, 'half');
    fs.writeFileSync(path.join(folder, 'mine.flac'), 'mine');
    stems.sweep('e1');
    expect(names()).toEqual(
      [path.basename(paths.vocals), path.basename(paths.accompaniment), 'mine.flac'].sort(),
    );
    stems.remove(ids[0]!);
    expect(names()).toEqual(['mine.flac']);
  });
});
