import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SongleafError } from '../../../main/contract/errors.ts';
import { type Library, openLibrary } from '../../../main/engine/library/library.ts';
import { codeOf, DAY_ONE, makeAnalysis, makeFile, makeFolder, makeSong, removeFolder } from './fixtures.ts';

let folder: string;
let library: Library;
const song = makeSong(1);
beforeEach(() => {
  folder = makeFolder();
  library = openLibrary(folder);
  library.songs.add(song, makeFile(1), DAY_ONE);
});
afterEach(() => {
  library.close();
  removeFolder(folder);
});

describe('analyses', () => {
  it('come back as they were, the newest one alone', () => {
    expect(library.analyses.get(song.hash)).toBeNull();
    expect(library.analyses.has(song.hash)).toBe(false);
    library.analyses.put(makeAnalysis(song, 100), { createdAt: DAY_ONE });
    library.analyses.put(makeAnalysis(song, 101.5), { createdAt: DAY_ONE + 1, edited: true });
    expect(library.analyses.get(song.hash)).toEqual({
      analysis: makeAnalysis(song, 101.5),
      createdAt: DAY_ONE + 1,
      edited: true,
    });
    expect(library.analyses.has(song.hash)).toBe(true);
    library.analyses.remove(song.hash);
    library.analyses.remove(song.hash);
    expect(library.analyses.get(song.hash)).toBeNull();
    expect(library.songs.get(song.hash).analysed).toBe(false);
  });

  it('must be valid and of a song in the library', () => {
    const at = { createdAt: DAY_ONE };
    expect(codeOf(() => library.analyses.put({ ...makeAnalysis(song), metres: [] }, at))).toBe(
      'analysis-invalid',
    );
    expect(codeOf(() => library.analyses.put(makeAnalysis(makeSong(2)), at))).toBe('song-unknown');
    expect(library.analyses.get(song.hash)).toBeNull();
  });

  it.each([
    ['cut off', 'substr(json, 1, 100)'],
    ['of another form', `'{"format":"something else"}'`],
    ['empty', "''"],
  ])('that are %s in the file are told by row', (_name, json) => {
    library.analyses.put(makeAnalysis(song), { createdAt: DAY_ONE });
    const other = new Database(`${folder}/library.db`);
    other.exec(`UPDATE analyses SET json = ${json}`);
    other.close();
    let error: unknown;
    try {
      library.analyses.get(song.hash);
    } catch (caught) {
      error = caught;
    }
    expect(error).toBeInstanceOf(SongleafError);
    expect(error).toMatchObject({ code: 'library-corrupt' });
    expect((error as SongleafError).message).toContain(song.hash);
    expect(library.songs.list()).toHaveLength(1);
    library.analyses.put(makeAnalysis(song), { createdAt: DAY_ONE });
    expect(library.analyses.get(song.hash)?.analysis).toEqual(makeAnalysis(song));
  });
});
