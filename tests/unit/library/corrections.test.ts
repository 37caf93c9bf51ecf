import Database from 'better-sqlite3';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Correction } from '../../../main/contract/corrections.ts';
import { type Library, openLibrary } from '../../../main/engine/library/library.ts';
import {
  codeOf,
  DAY_ONE,
  makeAnalysis,
  makeFile,
  makeQuickFolder,
  makeSong,
  removeFolder,
} from './fixtures.ts';

let folder: string;
let library: Library;
const song = makeSong(1);
beforeEach(() => {
  folder = makeQuickFolder();
  library = openLibrary(folder);
  library.songs.add(song, makeFile(1), DAY_ONE);
  library.analyses.put(makeAnalysis(song), { createdAt: DAY_ONE });
});
afterEach(() => {
  library.close();
  removeFolder(folder);
});

const shift = (beats: number): Correction => ({ kind: 'shift', beats });

/** The analysis as its bytes lie in the file. */
function textNow(): string {
  const other = new Database(`${folder}/library.db`, { readonly: true });
  const { json } = other.prepare('SELECT json FROM analyses').get() as { json: string };
  other.close();
  return json;
}

describe('corrections', () => {
  it('are taken back and done again, also after the library was closed', () => {
    const heard = textNow();
    library.corrections.add(makeAnalysis(song, 101), shift(1), DAY_ONE + 1);
    library.corrections.add(makeAnalysis(song, 102), shift(2), DAY_ONE + 2);
    const corrected = textNow();
    expect(library.corrections.peek(song.hash)).toEqual({ undo: shift(2), redo: null });
    expect(library.analyses.get(song.hash)).toMatchObject({ edited: true });
    library.corrections.undo(song.hash, DAY_ONE + 3);
    expect(library.corrections.peek(song.hash)).toEqual({ undo: shift(1), redo: shift(2) });
    library.close();
    library = openLibrary(folder);
    library.corrections.undo(song.hash, DAY_ONE + 4);
    expect(textNow()).toBe(heard);
    // As it was heard: a newer engine may hear it again.
    expect(library.analyses.get(song.hash)).toMatchObject({ edited: false });
    expect(codeOf(() => library.corrections.undo(song.hash, DAY_ONE))).toBe('bad-request');
    library.corrections.redo(song.hash, DAY_ONE + 5);
    library.corrections.redo(song.hash, DAY_ONE + 6);
    expect(textNow()).toBe(corrected);
    expect(codeOf(() => library.corrections.redo(song.hash, DAY_ONE))).toBe('bad-request');
  });

  it('forget what was taken back when another one is made', () => {
    library.corrections.add(makeAnalysis(song, 101), shift(1), DAY_ONE);
    library.corrections.undo(song.hash, DAY_ONE);
    library.corrections.add(makeAnalysis(song, 103), shift(3), DAY_ONE);
    expect(library.corrections.peek(song.hash)).toEqual({ undo: shift(3), redo: null });
  });

  it('are forgotten with the analysis that they belong to', () => {
    library.corrections.add(makeAnalysis(song, 101), shift(1), DAY_ONE);
    library.analyses.put(makeAnalysis(song, 110), { createdAt: DAY_ONE });
    expect(library.corrections.peek(song.hash)).toEqual({ undo: null, redo: null });
    expect(codeOf(() => library.corrections.add(makeAnalysis(makeSong(2)), shift(1), DAY_ONE))).toBe(
      'song-unknown',
    );
    expect(
      codeOf(() => library.corrections.add({ ...makeAnalysis(song), keys: [] }, shift(1), DAY_ONE)),
    ).toBe('analysis-invalid');
  });

  it('keep a bounded history, at whose end is the analysis as heard', () => {
    const heard = textNow();
    for (let i = 0; i < 520; i++) library.corrections.add(makeAnalysis(song, 60 + i / 10), shift(1), DAY_ONE);
    let steps = 0;
    while (library.corrections.peek(song.hash).undo) {
      library.corrections.undo(song.hash, DAY_ONE);
      steps += 1;
    }
    expect(steps).toBe(500);
    expect(textNow()).toBe(heard);
  });

  it('whose history was lost stay corrections when a later one is taken back', () => {
    const [key] = makeAnalysis(song).keys;
    const byHand = { ...makeAnalysis(song), keys: [{ ...key, byHand: true as const }] };
    library.analyses.put(byHand, { createdAt: DAY_ONE, edited: true });
    library.corrections.add({ ...byHand, tempo: { bpm: 90, confidence: 1 } }, shift(1), DAY_ONE);
    library.corrections.undo(song.hash, DAY_ONE);
    expect(library.analyses.get(song.hash)).toMatchObject({ edited: true, analysis: { keys: byHand.keys } });
  });

  it('tell a step that is damaged, and leave the analysis alone', () => {
    library.corrections.add(makeAnalysis(song, 101), shift(1), DAY_ONE);
    const now = textNow();
    const other = new Database(`${folder}/library.db`);
    other.exec("UPDATE corrections SET other = x'1f8b00'");
    other.close();
    expect(codeOf(() => library.corrections.undo(song.hash, DAY_ONE))).toBe('library-corrupt');
    expect(textNow()).toBe(now);
  });

  it('whatever is done, a walk back and forth passes the same bytes', () => {
    const moves = fc.array(fc.oneof(fc.constantFrom('undo', 'redo'), fc.integer({ min: 40, max: 240 })), {
      maxLength: 25,
    });
    fc.assert(
      fc.property(moves, (walk) => {
        library.analyses.put(makeAnalysis(song), { createdAt: DAY_ONE });
        const states = [textNow()];
        let at = 0;
        for (const move of walk) {
          if (typeof move === 'number') {
            library.corrections.add(makeAnalysis(song, move), shift(move % 15), DAY_ONE);
            at += 1;
            states.splice(at, Infinity, textNow());
          } else {
            const to = at + (move === 'undo' ? -1 : 1);
            const code = codeOf(() => library.corrections[move](song.hash, DAY_ONE));
            expect(code).toBe(states[to] === undefined ? 'bad-request' : 'no error');
            if (states[to] !== undefined) at = to;
          }
          expect(textNow()).toBe(states[at]);
          expect(library.analyses.get(song.hash)?.edited).toBe(at > 0);
        }
      }),
      { numRuns: 40, seed: 3 },
    );
  });
});
