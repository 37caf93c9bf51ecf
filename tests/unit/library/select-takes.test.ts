import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Library, openLibrary } from '../../../main/engine/library/library.ts';
import { selectTakes } from '../../../main/engine/select-takes.ts';
import { DAY_ONE, makeArrangement, makeFile, makeFolder, makeSong, removeFolder } from './fixtures.ts';

let folder: string;
let library: Library;

beforeEach(() => {
  folder = makeFolder();
  library = openLibrary(folder);
});
afterEach(() => {
  library.close();
  removeFolder(folder);
});

it('takes are selected in the order that is asked for, and one that was removed is told of', () => {
  const song = makeSong(1);
  library.songs.add(song, makeFile(1), DAY_ONE);
  const [first, second] = [1, 2].map((seed) => library.takes.add(makeArrangement(song, seed), DAY_ONE).id);
  const takeIds = [second!, first!];
  const select = () => selectTakes(library, { of: 'takes', takeIds }).map(({ takeId }) => takeId);
  expect(select()).toEqual(takeIds);
  library.takes.remove(first!, DAY_ONE);
  expect(select).toThrow(
    expect.objectContaining({ code: 'bad-request', hint: expect.stringContaining('Put it back') }),
  );
  library.takes.restore(first!);
  expect(select()).toEqual(takeIds);
});
