import fs from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findFault, listBackups } from '../../../main/engine/library/backups.ts';
import { openLibrary } from '../../../main/engine/library/library.ts';
import {
  listFiles,
  makeAnalysis,
  makeArrangement,
  makeFolder,
  makeSong,
  removeFolder,
  startChild,
} from './fixtures.ts';

const ROUNDS = 50;

let folder: string;
beforeEach(() => {
  folder = makeFolder();
});
afterEach(() => removeFolder(folder));

/** Numbers that look random and are the same each time (Lehmer, Park and Miller 1988). */
function* numbers(seed: number): Generator<number, never> {
  for (let state = seed; ; ) {
    state = (state * 48_271) % 0x7fff_ffff;
    yield state;
  }
}

describe('a program killed while it writes', () => {
  it(`leaves a sound library with all that was committed, ${ROUNDS} times`, async () => {
    const random = numbers(1);
    const added = new Set<number>();
    const heard = new Set<number>();
    const doubtful = new Set<number>();
    let next = 1;
    for (let round = 0; round < ROUNDS; round += 1) {
      const child = startChild(new URL('children/write-loop.ts', import.meta.url), [folder, String(next)]);
      const enough = random.next().value % 12;
      await child.untilLine((line) => line === 'open');
      if (enough > 0) await child.untilLine((line) => line === `added ${next + enough - 1}`);
      await new Promise((resolve) => setTimeout(resolve, random.next().value % 8));
      await child.kill();
      for (const line of child.lines) {
        const [what, which] = line.split(' ');
        const number = Number(which);
        if (what === 'added') added.add(number);
        if (what === 'heard') heard.add(number);
        if (what === 'removing') doubtful.add(number);
        if (what === 'removed') {
          for (const set of [added, heard, doubtful]) set.delete(number);
        }
      }
      const last = Math.max(0, ...added);
      // What was under way when the kill came may be there or not.
      doubtful.add(last + 1);

      const library = openLibrary(folder);
      // A row whose file was being replaced is no loss; nothing else may have needed repair.
      expect(library.notices.filter((notice) => notice.kind !== 'evidence-lost')).toEqual([]);
      expect(library.verify()).toEqual([]);
      const there = new Map(library.songs.list().map((song) => [Number(song.title.slice(5)), song]));
      for (const number of added) if (!doubtful.has(number)) expect(there.has(number)).toBe(true);
      for (const number of there.keys()) expect(added.has(number) || doubtful.has(number)).toBe(true);
      for (const [number, song] of there) {
        // No half songs: each came with its analysis and take.
        expect([number, song.analysed, song.takes]).toEqual([number, true, 1]);
        if (heard.has(number)) expect(library.evidence.getPath(song.id, 'notes', 'e')).not.toBeNull();
      }
      const newest = makeSong(last);
      if (there.has(last)) {
        expect(library.analyses.get(newest.hash)?.analysis).toEqual(makeAnalysis(newest));
        const [take] = library.takes.list(newest.hash);
        expect(library.takes.getArrangement(take!.id)).toEqual(makeArrangement(newest));
        if (heard.has(last)) {
          expect(library.evidence.read(newest.hash, 'notes', 'e')).toEqual(
            new Uint8Array(200_000).fill(last % 256),
          );
        }
      }
      expect(library.jobs.list().every((job) => ['queued', 'running'].includes(job.state))).toBe(true);
      library.close();

      const other = new Database(path.join(folder, 'library.db'), { readonly: true });
      expect(other.pragma('foreign_key_check')).toEqual([]);
      other.close();
      const files = listFiles(folder);
      expect(files.filter((name) => /tmp|journal|recover|corrupt/.test(name))).toEqual([]);
      for (const backup of listBackups(path.join(folder, 'backups')))
        expect(findFault(backup.path)).toBeNull();
      for (const name of fs.readdirSync(path.join(folder, 'evidence'))) {
        const number = [...there.keys()].find((n) => `${makeSong(n).hash}.notes.bin` === name);
        expect(number).toBeDefined();
      }
      // The library says which of the doubtful are there.
      for (const number of doubtful) {
        if (there.has(number)) added.add(number);
        else {
          added.delete(number);
          heard.delete(number);
        }
      }
      doubtful.clear();
      next = Math.max(0, ...added, last) + 1;
    }
    expect(added.size).toBeGreaterThan(ROUNDS);
  }, 300_000);
});
