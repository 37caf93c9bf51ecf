import fs from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { scoreOptionsSchema } from '../../../main/contract/score-options.ts';
import { type Library, openLibrary } from '../../../main/engine/library/library.ts';
import { scoreOf } from '../../../main/engine/outputs.ts';
import { openScore } from '../../../main/engine/scores.ts';
import {
  DAY_ONE,
  makeArrangement,
  makeFile,
  makeFolder,
  makeSong,
  removeFolder,
} from '../library/fixtures.ts';

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

const kept = () =>
  fs
    .readdirSync(folder, { recursive: true })
    .map(String)
    .filter((name) => name.endsWith('.musicxml'))
    .map((name) => path.join(folder, name));

describe('an engraved score', () => {
  it('is kept, for each choice of options and each state of the music', () => {
    const arrangement = makeArrangement(song);
    const { id } = library.takes.add(arrangement, DAY_ONE);
    const text = openScore(library, id, arrangement);
    expect(text).toBe(scoreOf(arrangement));
    expect(kept()).toHaveLength(1);
    // What is kept is what is given.
    fs.writeFileSync(kept()[0]!, 'kept');
    expect(openScore(library, id, arrangement)).toBe('kept');

    const higher = scoreOptionsSchema.parse({ transpose: 1 });
    expect(openScore(library, id, arrangement, higher)).toBe(scoreOf(arrangement, higher));
    const mended = { ...arrangement, notes: arrangement.notes.slice(1) };
    expect(openScore(library, id, mended)).toBe(scoreOf(mended));
    expect(kept()).toHaveLength(3);
    library.media.remove(id);
    expect(kept()).toEqual([]);
  });

  it('comes also where it cannot be kept', () => {
    const arrangement = makeArrangement(song);
    const { id } = library.takes.add(arrangement, DAY_ONE);
    openScore(library, id, arrangement);
    const [file] = kept();
    const media = path.dirname(file!);
    fs.rmSync(media, { recursive: true });
    fs.writeFileSync(media, 'no folder');
    expect(openScore(library, id, arrangement)).toBe(scoreOf(arrangement));
  });
});
