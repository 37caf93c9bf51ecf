import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ArrangeSettings } from '../../../main/contract/arrangement.ts';
import { MAX_DELAY_MS } from '../../../main/engine/jobs/retry-policy.ts';
import { type Library, openLibrary } from '../../../main/engine/library/library.ts';
import { codeOf, DAY_ONE, makeFile, makeFolder, makeSong, removeFolder } from './fixtures.ts';

let folder: string;
let library: Library;
const songs = [1, 2, 3].map(makeSong);
const settings: ArrangeSettings = { model: 'reduction', level: 'easy', melody: 'include', seed: 1 };
beforeEach(() => {
  folder = makeFolder();
  library = openLibrary(folder);
  for (const number of [1, 2, 3]) library.songs.add(makeSong(number), makeFile(number), DAY_ONE);
});
afterEach(() => {
  library.close();
  removeFolder(folder);
});

function enqueue(id: string, song: number, over: Partial<Parameters<Library['jobs']['enqueue']>[0]> = {}) {
  return library.jobs.enqueue({
    id,
    kind: 'arrange',
    payload: { songId: songs[song - 1]!.hash, settings },
    createdAt: DAY_ONE,
    maxAttempts: 2,
    ...over,
  });
}

function tamper(sql: string): void {
  const other = new Database(`${folder}/library.db`);
  other.exec(sql);
  other.close();
}

const ids = () => library.jobs.list().map((job) => job.id);

describe('jobs', () => {
  it('are a row before anything else, with what they need to run', () => {
    const { record, created } = enqueue('a', 1);
    expect(created).toBe(true);
    expect(record).toEqual({
      id: 'a',
      kind: 'arrange',
      payload: { songId: songs[0]!.hash, settings },
      state: 'queued',
      progress: null,
      attempts: 0,
      maxAttempts: 2,
      retryAfter: null,
      createdAt: DAY_ONE,
      startedAt: null,
      endedAt: null,
      error: null,
    });
    library.close();
    library = openLibrary(folder);
    expect(library.jobs.get('a')).toEqual(record);
    expect(codeOf(() => library.jobs.get('b'))).toBe('job-unknown');
    expect(codeOf(() => enqueue('c', 1, { payload: { songId: makeSong(9).hash, settings } }))).toBe(
      'song-unknown',
    );
  });

  it('for the same work are one while it waits or runs', () => {
    enqueue('a', 1);
    const { seed, melody, level, model } = settings;
    const shuffled = { songId: songs[0]!.hash, settings: { seed, melody, level, model } };
    expect(enqueue('b', 1, { payload: shuffled })).toMatchObject({ created: false, record: { id: 'a' } });
    library.jobs.startNext(DAY_ONE);
    expect(enqueue('c', 1)).toMatchObject({ created: false, record: { id: 'a', state: 'running' } });
    const other = { songId: songs[0]!.hash, settings: { ...settings, seed: 2 } };
    expect(enqueue('d', 1, { payload: other }).created).toBe(true);
    library.jobs.move('a', 'finish', { endedAt: DAY_ONE });
    expect(enqueue('e', 1).created).toBe(true);
    expect(ids()).toEqual(['a', 'd', 'e']);
  });

  it('start in order, whatever the clock says, those that wait for a time later', () => {
    enqueue('a', 1, { createdAt: DAY_ONE });
    enqueue('b', 2, { createdAt: DAY_ONE - 1_000_000 });
    enqueue('c', 3, { createdAt: DAY_ONE + 1_000_000 });
    expect(library.jobs.startNext(DAY_ONE)).toMatchObject({ id: 'a', attempts: 1, startedAt: DAY_ONE });
    library.jobs.move('a', 'requeue', { retryAfter: DAY_ONE + 5000 });
    expect(library.jobs.nextRetryAt()).toBe(DAY_ONE + 5000);
    expect(library.jobs.startNext(DAY_ONE)?.id).toBe('b');
    expect(library.jobs.startNext(DAY_ONE)).toMatchObject({ id: 'c', startedAt: DAY_ONE + 1_000_000 });
    expect(library.jobs.startNext(DAY_ONE + 4999)).toBeNull();
    expect(library.jobs.countQueued()).toBe(1);
    expect(library.jobs.startNext(DAY_ONE + 5000)).toMatchObject({ id: 'a', attempts: 2, retryAfter: null });
    expect(library.jobs.nextRetryAt()).toBeNull();
  });

  it('do not wait for a time that only a clock gone back puts far away', () => {
    enqueue('a', 1);
    library.jobs.startNext(DAY_ONE);
    library.jobs.move('a', 'requeue', { retryAfter: DAY_ONE + 5000 });
    expect(library.jobs.startNext(DAY_ONE - MAX_DELAY_MS)?.id).toBe('a');
  });

  it('move by the state machine only', () => {
    enqueue('a', 1);
    expect(codeOf(() => library.jobs.move('a', 'finish'))).toBe('job-state');
    expect(library.jobs.get('a').state).toBe('queued');
    library.jobs.move('a', 'cancel', { endedAt: DAY_ONE });
    expect(codeOf(() => library.jobs.move('a', 'start'))).toBe('job-state');
    expect(codeOf(() => library.jobs.move('x', 'cancel'))).toBe('job-unknown');
  });

  it('go to the end of the queue when retried, with a clean slate', () => {
    enqueue('a', 1);
    enqueue('b', 2);
    library.jobs.startNext(DAY_ONE);
    library.jobs.saveProgress('a', { stage: 'beats', stageFraction: 0.5, fraction: 0.25 });
    expect(library.jobs.get('a').progress).toEqual({ stage: 'beats', stageFraction: 0.5, fraction: 0.25 });
    const error = { code: 'audio-corrupt', message: 'm', hint: 'h' } as const;
    library.jobs.move('a', 'fail', { endedAt: DAY_ONE + 1, error });
    expect(library.jobs.get('a')).toMatchObject({ error, endedAt: DAY_ONE + 1, attempts: 1 });
    expect(library.jobs.move('a', 'retry')).toMatchObject({
      state: 'queued',
      attempts: 0,
      progress: null,
      startedAt: null,
      endedAt: null,
      error: null,
    });
    expect(ids()).toEqual(['b', 'a']);
  });

  it('are not retried beside the same work', () => {
    enqueue('a', 1);
    library.jobs.move('a', 'cancel');
    enqueue('b', 1);
    expect(codeOf(() => library.jobs.move('a', 'retry'))).toBe('job-state');
    expect(ids()).toEqual(['a', 'b']);
    expect(library.jobs.get('a').state).toBe('cancelled');
  });

  it('that ran at a cut wait again until their attempts are used up', () => {
    enqueue('a', 1);
    enqueue('b', 2);
    library.jobs.startNext(DAY_ONE);
    expect(library.jobs.recover(DAY_ONE + 1)).toEqual([]);
    expect(library.jobs.get('a')).toMatchObject({ state: 'queued', attempts: 1, startedAt: null });
    expect(library.jobs.startNext(DAY_ONE + 2)?.id).toBe('a');
    const failed = library.jobs.recover(DAY_ONE);
    expect(failed.map((job) => [job.id, job.state, job.attempts])).toEqual([['a', 'failed', 2]]);
    expect(failed[0]!.endedAt).toBe(DAY_ONE + 2);
    expect(failed[0]!.error).toMatchObject({ code: 'internal' });
    expect(library.jobs.startNext(DAY_ONE)?.id).toBe('b');
  });

  it('that are no jobs are deleted and told, the others stay', () => {
    for (const [id, song] of [
      ['a', 1],
      ['b', 2],
      ['c', 3],
    ] as const)
      enqueue(id, song);
    const analyse = { kind: 'analyse', payload: { songId: songs[0]!.hash, settings: null } } as const;
    enqueue('d', 1, analyse);
    tamper(`UPDATE jobs SET payload = substr(payload, 1, 30) WHERE id = 'a'`);
    tamper(`UPDATE jobs SET payload = '{"songId":"../..","settings":null}' WHERE id = 'b'`);
    tamper(`UPDATE jobs SET kind = 'arrange' WHERE id = 'd'`);
    expect(ids()).toEqual(['c']);
    library.jobs.recover(DAY_ONE);
    const dropped = library.notices.filter((notice) => notice.kind === 'job-dropped');
    expect(dropped.map((notice) => notice.message.slice(0, 5))).toEqual(['Job a', 'Job b', 'Job d']);
    expect(codeOf(() => library.jobs.get('a'))).toBe('job-unknown');
    tamper(`UPDATE jobs SET song_id = '${songs[0]!.hash}' WHERE id = 'c'`);
    expect(codeOf(() => library.jobs.get('c'))).toBe('library-corrupt');
    expect(library.jobs.startNext(DAY_ONE)).toBeNull();
    expect(codeOf(() => library.jobs.get('c'))).toBe('job-unknown');
  });

  it('that ended can be cleared away', () => {
    enqueue('a', 1);
    enqueue('b', 2);
    enqueue('c', 3);
    library.jobs.startNext(DAY_ONE);
    library.jobs.move('b', 'cancel');
    expect(library.jobs.removeEnded()).toBe(1);
    expect(ids()).toEqual(['a', 'c']);
  });
});
