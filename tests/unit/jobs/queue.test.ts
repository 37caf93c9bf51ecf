import fs from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { SongleafError } from '../../../main/contract/errors.ts';
import { jobSchema, stages } from '../../../main/contract/jobs.ts';
import type { QueueOptions } from '../../../main/engine/jobs/queue-types.ts';
import { codeOf, DAY_ONE, makeQuickFolder, makeSong } from '../library/fixtures.ts';
import { createWorkshop, settle, type Workshop } from './workshop.ts';

let shop: Workshop;
const open = (songs: number, over?: Partial<QueueOptions>, folder?: string) => {
  shop = createWorkshop(songs, over, folder);
};
afterEach(() => shop.dispose());

const states = () => shop.queue.list().map((job) => job.state);
const outOfMemory = () => new SongleafError('out-of-memory', 'No memory.', 'Close something.');

describe('the order of work', () => {
  it('is first come, first served, one at a time', async () => {
    open(3);
    const jobs = [1, 2, 3].map(shop.analyse);
    expect(jobs.map((job) => job.state)).toEqual(['queued', 'queued', 'queued']);
    await settle();
    expect(states()).toEqual(['running', 'queued', 'queued']);
    for (const number of [1, 2, 3]) {
      expect(shop.started.at(-1)).toBe(number);
      expect(shop.bench).toHaveLength(1);
      shop.bench[0]!.finish();
      await settle();
    }
    expect(states()).toEqual(['done', 'done', 'done']);
    for (const job of shop.heard) expect(jobSchema.parse(job)).toEqual(job);
    await shop.queue.whenIdle();
    // At rest the log is folded into the library file.
    expect(fs.statSync(`${shop.folder}/library.db-wal`).size).toBe(0);
  });

  it('has the row in the library before the work starts and before anyone hears of it', async () => {
    const seen: string[] = [];
    open(1, {
      onChange: (job) => {
        const row = shop.library.jobs.get(job.id);
        expect(row.state).toBe(job.state);
        seen.push(job.state);
      },
    });
    shop.analyse(1);
    await settle();
    shop.bench[0]!.finish();
    await settle();
    expect(seen).toEqual(['queued', 'running', 'done']);
  });

  it('does as many at once as it is told', async () => {
    open(5, { concurrency: 2 });
    for (const number of [1, 2, 3, 4, 5]) shop.analyse(number);
    await settle();
    expect(shop.started).toEqual([1, 2]);
    shop.bench[1]!.finish();
    await settle();
    expect(shop.started).toEqual([1, 2, 3]);
    expect(shop.bench).toHaveLength(2);
  });

  it('gives back the job that waits or runs for the same work', async () => {
    open(2);
    const first = shop.analyse(1);
    expect(shop.analyse(1)).toEqual(first);
    await settle();
    expect(shop.analyse(1)).toMatchObject({ id: first.id, state: 'running' });
    const settings = { model: 'reduction', level: 'full', melody: 'include', seed: 1 } as const;
    const take = shop.queue.enqueue({ kind: 'arrange', songId: makeSong(1).hash, settings });
    expect(take.id).not.toBe(first.id);
    expect(shop.queue.enqueue({ kind: 'arrange', songId: makeSong(1).hash, settings }).id).toBe(take.id);
    const other = { ...settings, seed: 2 };
    expect(shop.queue.enqueue({ kind: 'arrange', songId: makeSong(1).hash, settings: other }).id).not.toBe(
      take.id,
    );
    expect(shop.queue.list()).toHaveLength(3);
  });

  it('refuses what is no job', () => {
    open(1);
    const songId = makeSong(1).hash;
    const ask = (request: object) => codeOf(() => shop.queue.enqueue(request as never));
    expect(ask({ kind: 'arrange', songId, settings: null })).toBe('bad-request');
    expect(ask({ kind: 'analyse', songId, settings: { seed: 1 } })).toBe('bad-request');
    expect(ask({ kind: 'arrange', songId, settings: { seed: -1 } })).toBe('bad-request');
    expect(ask({ kind: 'paint', songId, settings: null })).toBe('bad-request');
    expect(ask({ kind: 'analyse', songId: '../x', settings: null })).toBe('bad-request');
    expect(ask({ kind: 'analyse', songId: makeSong(9).hash, settings: null })).toBe('song-unknown');
    expect(shop.queue.list()).toEqual([]);
  });

  it('can be paused', async () => {
    open(2);
    shop.analyse(1);
    await settle();
    shop.queue.pause();
    shop.analyse(2);
    shop.bench[0]!.finish();
    await settle();
    expect(states()).toEqual(['done', 'queued']);
    shop.queue.resume();
    await settle();
    expect(states()).toEqual(['done', 'running']);
  });

  it('can be paused at once: what ran waits in its place, and the attempt does not count', async () => {
    open(2);
    shop.analyse(1);
    shop.analyse(2);
    await settle();
    shop.queue.pause('requeue');
    expect(shop.queue.paused).toBe(true);
    expect(shop.bench[0]!.tools.signal.aborted).toBe(true);
    shop.bench[0]!.fail(new SongleafError('cancelled', 'Stopped.', 'Go on.'));
    await settle();
    expect(shop.queue.list().map((job) => [shop.numberOf(job), job.state, job.attempts])).toEqual([
      [1, 'queued', 0],
      [2, 'queued', 0],
    ]);
    shop.queue.resume();
    await settle();
    expect(shop.started).toEqual([1, 1]);
    expect(states()).toEqual(['running', 'queued']);
  });

  it('goes on only once the work that was stopped is out of the way', async () => {
    open(1);
    shop.analyse(1);
    await settle();
    shop.queue.pause('requeue');
    shop.queue.resume();
    await settle();
    expect(shop.started).toEqual([1]);
    shop.bench[0]!.fail(new SongleafError('cancelled', 'Stopped.', 'Go on.'));
    await settle();
    expect(shop.started).toEqual([1, 1]);
  });

  it('can begin paused', async () => {
    open(1, { paused: true });
    shop.analyse(1);
    await settle();
    expect(states()).toEqual(['queued']);
    shop.queue.resume();
    await settle();
    expect(states()).toEqual(['running']);
  });

  it('can be changed among the jobs that wait', async () => {
    open(5);
    const jobs = [1, 2, 3, 4, 5].map(shop.analyse);
    await settle();
    const order = () => shop.queue.list().map(shop.numberOf);
    shop.queue.reorder(jobs[4]!.id, jobs[1]!.id);
    expect(order()).toEqual([1, 5, 2, 3, 4]);
    expect(shop.queue.reorder(jobs[4]!.id, null).map(shop.numberOf)).toEqual([1, 2, 3, 4, 5]);
    shop.queue.reorder(jobs[1]!.id, jobs[3]!.id);
    shop.queue.reorder(jobs[2]!.id, jobs[2]!.id);
    expect(order()).toEqual([1, 3, 2, 4, 5]);
    shop.restart();
    expect(order()).toEqual([1, 3, 2, 4, 5]);
    for (let i = 0; i < 5; i++) {
      await settle();
      shop.bench[0]!.finish();
    }
    expect(shop.started.slice(-5)).toEqual([1, 3, 2, 4, 5]);
  });

  it('is not changed by moving what runs or has ended, nor by a stranger', async () => {
    open(3);
    const [running, waiting, gone] = [1, 2, 3].map(shop.analyse);
    await settle();
    shop.queue.cancel(gone!.id);
    const move = (id: string, before: string | null) => () => shop.queue.reorder(id, before);
    expect(codeOf(move(running!.id, null))).toBe('job-state');
    expect(codeOf(move(waiting!.id, running!.id))).toBe('job-state');
    expect(codeOf(move(gone!.id, waiting!.id))).toBe('job-state');
    expect(codeOf(move('nobody', null))).toBe('job-unknown');
    expect(shop.queue.list().map(shop.numberOf)).toEqual([1, 2, 3]);
  });

  it('holds for a thousand jobs', async () => {
    const worked: string[] = [];
    const runJob: QueueOptions['runJob'] = async (job) => {
      worked.push(job.payload.songId);
    };
    open(1000, { runJob }, makeQuickFolder());
    const expected: string[] = [];
    shop.library.transaction(() => {
      for (let number = 1; number <= 1000; number += 1) expected.push(shop.analyse(number).songId);
    });
    await shop.queue.whenIdle();
    expect(worked).toEqual(expected);
    expect(new Set(states())).toEqual(new Set(['done']));
    expect(shop.queue.removeEnded()).toBe(1000);
    expect(shop.queue.list()).toEqual([]);
  });
});

describe('cancelling', () => {
  it.each(stages)('in the stage "%s" stops that job and lets the next start', async (stage) => {
    open(2);
    const job = shop.analyse(1);
    shop.analyse(2);
    await settle();
    const work = shop.bench[0]!;
    work.tools.onProgress({ stage, stageFraction: 0.5, fraction: 0.5 });
    let aborted = false;
    work.tools.signal.addEventListener('abort', () => {
      aborted = true;
      work.fail(work.tools.signal.reason);
    });
    expect(shop.queue.cancel(job.id)).toMatchObject({ state: 'cancelled', error: null, eta: null });
    expect(aborted).toBe(true);
    await settle();
    expect(states()).toEqual(['cancelled', 'running']);
    expect(shop.queue.get(job.id).progress?.stage).toBe(stage);
    expect(shop.queue.get(job.id).endedAt).toBe(DAY_ONE);
  });

  it('a waiting job never touches the running one', async () => {
    open(3);
    const jobs = [1, 2, 3].map(shop.analyse);
    await settle();
    shop.queue.cancel(jobs[1]!.id);
    expect(shop.bench[0]!.tools.signal.aborted).toBe(false);
    shop.bench[0]!.finish();
    await settle();
    expect(states()).toEqual(['done', 'cancelled', 'running']);
    expect(shop.started).toEqual([1, 3]);
  });

  it('all that wait leaves what runs', async () => {
    open(3);
    for (const number of [1, 2, 3]) shop.analyse(number);
    await settle();
    expect(shop.queue.cancelQueued()).toHaveLength(2);
    await settle();
    expect(states()).toEqual(['running', 'cancelled', 'cancelled']);
    expect(shop.bench[0]!.tools.signal.aborted).toBe(false);
  });

  it('stands, whatever the work says afterwards', async () => {
    open(2);
    const job = shop.analyse(1);
    shop.analyse(2);
    await settle();
    const work = shop.bench[0]!;
    shop.queue.cancel(job.id);
    await settle();
    // It has not stopped yet: the next must not start beside it.
    expect(states()).toEqual(['cancelled', 'queued']);
    const heard = shop.heard.length;
    work.tools.onProgress({ stage: 'write', stageFraction: 1, fraction: 1 });
    work.finish();
    await settle();
    expect(states()).toEqual(['cancelled', 'running']);
    expect(shop.heard.slice(heard).map((entry) => shop.numberOf(entry))).toEqual([2]);
  });

  it('forces work that ignores its signal for a second', async () => {
    const forced: string[] = [];
    open(1, { forceStop: (job) => forced.push(job.id) });
    const job = shop.analyse(1);
    await settle();
    shop.queue.cancel(job.id);
    shop.time.advance(999);
    expect(forced).toEqual([]);
    shop.time.advance(1);
    expect(forced).toEqual([job.id]);
  });

  it('does not force work that stops in time', async () => {
    const forced: string[] = [];
    open(1, { forceStop: (job) => forced.push(job.id) });
    const job = shop.analyse(1);
    await settle();
    shop.queue.cancel(job.id);
    shop.bench[0]!.fail(new Error('stopped'));
    await settle();
    shop.time.advance(10_000);
    expect(forced).toEqual([]);
  });

  it('an ended or unknown job is an error', async () => {
    open(1);
    const job = shop.analyse(1);
    shop.queue.cancel(job.id);
    expect(codeOf(() => shop.queue.cancel(job.id))).toBe('job-state');
    expect(codeOf(() => shop.queue.cancel('no such job'))).toBe('job-unknown');
    await settle();
    expect(shop.started).toEqual([]);
  });

  it("a song's jobs waits until none of them works any more", async () => {
    open(2);
    shop.analyse(1);
    shop.analyse(2);
    await settle();
    let stopped = false;
    const cancelling = shop.queue.cancelSong(makeSong(1).hash).then(() => {
      stopped = true;
    });
    await settle();
    expect(stopped).toBe(false);
    shop.bench[0]!.fail(new Error('stopped'));
    await cancelling;
    shop.library.songs.remove(makeSong(1).hash);
    await settle();
    expect(shop.queue.list().map((job) => [shop.numberOf(job), job.state])).toEqual([[2, 'running']]);
  });

  it('and retrying at once does not do the same work twice side by side', async () => {
    open(1, { concurrency: 2 });
    const job = shop.analyse(1);
    await settle();
    const first = shop.bench[0]!;
    shop.queue.cancel(job.id);
    shop.queue.retry(job.id);
    await settle();
    expect(shop.bench).toHaveLength(1);
    first.fail(new Error('stopped'));
    await settle();
    expect(shop.bench).toHaveLength(1);
    expect(shop.bench[0]).not.toBe(first);
    shop.bench[0]!.finish();
    await settle();
    expect(states()).toEqual(['done']);
  });
});

describe('failing', () => {
  it('for bad input is final at once, with the reason', async () => {
    open(2);
    const job = shop.analyse(1);
    shop.analyse(2);
    await settle();
    shop.bench[0]!.fail(new SongleafError('audio-corrupt', 'a.ogg is broken.', 'Take another.'));
    await settle();
    expect(shop.queue.get(job.id)).toMatchObject({
      state: 'failed',
      attempts: 1,
      error: { code: 'audio-corrupt', message: 'a.ogg is broken.', hint: 'Take another.' },
    });
    expect(states()).toEqual(['failed', 'running']);
  });

  it('for a while is tried again later, others first, and then given up', async () => {
    open(2);
    const job = shop.analyse(1);
    shop.analyse(2);
    await settle();
    shop.bench[0]!.fail(outOfMemory());
    await settle();
    expect(shop.queue.get(job.id)).toMatchObject({ state: 'queued', error: { code: 'out-of-memory' } });
    expect(shop.started).toEqual([1, 2]);
    shop.bench[0]!.finish();
    await settle();
    expect(shop.bench).toEqual([]);
    shop.time.advance(3000);
    await settle();
    expect(shop.bench).toEqual([]);
    shop.time.advance(4000);
    await settle();
    expect(shop.started).toEqual([1, 2, 1]);
    expect(shop.bench[0]!.job.attempts).toBe(2);
    shop.bench[0]!.fail(outOfMemory());
    await settle();
    expect(shop.queue.get(job.id)).toMatchObject({
      state: 'failed',
      attempts: 2,
      error: { code: 'out-of-memory' },
    });
    shop.time.advance(600_000);
    await settle();
    expect(shop.started).toEqual([1, 2, 1]);
    await shop.queue.whenIdle();
  });

  it('at the first word of the work is a failure like any other', async () => {
    open(1, {
      runJob: () => {
        throw new SongleafError('model-missing', 'No model.', 'Get it.');
      },
    });
    const job = shop.analyse(1);
    await settle();
    expect(shop.queue.get(job.id)).toMatchObject({ state: 'failed', error: { code: 'model-missing' } });
  });

  it('can be retried by a person, with all attempts again', async () => {
    open(1);
    const job = shop.analyse(1);
    await settle();
    shop.bench[0]!.fail(new SongleafError('file-not-found', 'Gone.', 'Connect the disk.'));
    await settle();
    expect(shop.queue.retry(job.id)).toMatchObject({ id: job.id, state: 'queued', attempts: 0, error: null });
    await settle();
    shop.bench[0]!.finish();
    await settle();
    expect(states()).toEqual(['done']);
    expect(codeOf(() => shop.queue.retry(job.id))).toBe('job-state');
  });

  it('does not wait for ever when the clock goes back', async () => {
    open(1);
    shop.analyse(1);
    await settle();
    shop.bench[0]!.fail(outOfMemory());
    await settle();
    shop.time.setClock(DAY_ONE - 86_400_000);
    shop.time.advance(7000);
    await settle();
    expect(shop.started).toEqual([1, 1]);
    shop.bench[0]!.finish();
    await settle();
    const [job] = shop.queue.list();
    expect(job!.endedAt).toBeGreaterThanOrEqual(job!.startedAt!);
    expect(job!.startedAt).toBeGreaterThanOrEqual(job!.createdAt);
  });
});

describe('progress', () => {
  it('never goes back, is heard at most every 100 ms, and its last word is heard', async () => {
    open(1);
    const job = shop.analyse(1);
    await settle();
    const { onProgress } = shop.bench[0]!.tools;
    const since = shop.heard.length;
    const times: number[] = [];
    let told = since;
    for (let step = 0; step <= 1000; step += 1) {
      const fraction = (step % 10 === 9 ? step - 9 : step) / 1000;
      onProgress({ stage: step < 500 ? 'listen' : 'beats', stageFraction: (step % 500) / 500, fraction });
      shop.time.advance(10);
      for (; told < shop.heard.length; told += 1) times.push(shop.time.now());
    }
    const fractions = shop.heard.slice(since).map((entry) => entry.progress!.fraction);
    expect(fractions.length).toBeGreaterThan(80);
    expect(fractions.length).toBeLessThanOrEqual(102);
    expect(fractions).toEqual([...fractions].sort((a, b) => a - b));
    for (let i = 1; i < times.length; i += 1) expect(times[i]! - times[i - 1]!).toBeGreaterThanOrEqual(90);
    onProgress({ stage: 'write', stageFraction: 1, fraction: 1 });
    shop.bench[0]!.finish();
    await settle();
    expect(shop.heard.at(-1)).toMatchObject({
      id: job.id,
      state: 'done',
      progress: { stage: 'write', fraction: 1 },
    });
    expect(shop.queue.get(job.id).progress).toEqual({ stage: 'write', stageFraction: 1, fraction: 1 });
  });

  it('has an estimate of the time left once there is something to go by', async () => {
    open(1);
    const job = shop.analyse(1);
    await settle();
    const { onProgress } = shop.bench[0]!.tools;
    onProgress({ stage: 'read', stageFraction: 0, fraction: 0.02 });
    shop.time.advance(10_000);
    expect(shop.queue.get(job.id).eta).toBeNull();
    onProgress({ stage: 'listen', stageFraction: 0, fraction: 0.25 });
    shop.time.advance(20_000);
    expect(shop.queue.get(job.id).eta).toBe(90);
    expect(shop.queue.list()[0]!.eta).toBe(90);
    shop.time.setClock(DAY_ONE - 1e9);
    expect(shop.queue.get(job.id).eta).toBeNull();
  });

  it('leaves the stage in the library, for other programs to see', async () => {
    open(1);
    const job = shop.analyse(1);
    await settle();
    shop.bench[0]!.tools.onProgress({ stage: 'chords', stageFraction: 0, fraction: 0.6 });
    expect(shop.library.jobs.get(job.id).progress?.stage).toBe('chords');
  });
});

describe('closing', () => {
  it('puts running work back without counting the attempt, and the next start goes on', async () => {
    open(2);
    const job = shop.analyse(1);
    shop.analyse(2);
    await settle();
    for (let round = 0; round < 3; round += 1) {
      const work = shop.bench[0]!;
      work.tools.signal.addEventListener('abort', () => work.fail(work.tools.signal.reason));
      await shop.queue.close();
      expect(states()).toEqual(['queued', 'queued']);
      expect(codeOf(() => shop.analyse(2))).toBe('job-state');
      shop.restart();
      await settle();
      expect(shop.queue.get(job.id)).toMatchObject({ state: 'running', attempts: 1 });
    }
  });

  it('can wait for running work instead', async () => {
    open(2);
    shop.analyse(1);
    shop.analyse(2);
    await settle();
    const closing = shop.queue.close('finish');
    await settle();
    expect(shop.bench[0]!.tools.signal.aborted).toBe(false);
    shop.bench[0]!.finish();
    await closing;
    expect(states()).toEqual(['done', 'queued']);
  });

  it('does not wait for ever for work that will not stop', async () => {
    const forced: string[] = [];
    open(1, { forceStop: (job) => forced.push(job.id) });
    const job = shop.analyse(1);
    await settle();
    const stubborn = shop.bench[0]!;
    const closing = shop.queue.close();
    await settle();
    shop.time.advance(2000);
    await closing;
    expect(forced).toEqual([job.id]);
    expect(shop.queue.get(job.id)).toMatchObject({ state: 'queued', attempts: 0 });
    stubborn.finish();
    await settle();
    expect(shop.queue.get(job.id).state).toBe('queued');
  });
});

describe('trouble', () => {
  it('with a listener does not stop the work', async () => {
    open(1, {
      onChange: () => {
        throw new Error('deaf');
      },
    });
    shop.analyse(1);
    await settle();
    shop.bench[0]!.finish();
    await settle();
    expect(states()).toEqual(['done']);
    expect(shop.problems.map((problem) => problem.message)).toContain('Unexpected error: deaf');
  });

  it('with a row that is no job is told, and the rest goes on', async () => {
    open(2);
    shop.queue.pause();
    const bad = shop.analyse(1);
    shop.analyse(2);
    await settle();
    // Behind the queue's back, as damage does.
    const { default: Database } = await import('better-sqlite3');
    const other = new Database(`${shop.folder}/library.db`);
    other.exec(`UPDATE jobs SET payload = '{' WHERE id = '${bad.id}'`);
    other.close();
    shop.queue.resume();
    await settle();
    expect(shop.queue.list().map((job) => [shop.numberOf(job), job.state])).toEqual([[2, 'running']]);
    expect(shop.library.notices.map((notice) => notice.kind)).toContain('job-dropped');
  });

  it('with a song removed under a running job ends quietly', async () => {
    open(2);
    shop.analyse(1);
    shop.analyse(2);
    await settle();
    shop.library.songs.remove(makeSong(1).hash);
    shop.bench[0]!.finish();
    await settle();
    expect(shop.queue.list().map((job) => [shop.numberOf(job), job.state])).toEqual([[2, 'running']]);
    expect(shop.problems).toEqual([]);
  });
});

describe('a restart', () => {
  it('continues what was cut off and gives up what was cut off twice', async () => {
    open(2);
    const job = shop.analyse(1);
    shop.analyse(2);
    await settle();
    shop.restart();
    await settle();
    expect(shop.queue.get(job.id)).toMatchObject({ state: 'running', attempts: 2 });
    shop.restart();
    await settle();
    expect(shop.queue.get(job.id)).toMatchObject({
      state: 'failed',
      attempts: 2,
      error: { code: 'internal' },
    });
    expect(shop.heard.some((entry) => entry.id === job.id && entry.state === 'failed')).toBe(true);
    expect(shop.started).toEqual([1, 1, 2]);
    shop.queue.retry(job.id);
    shop.bench[0]!.finish();
    await settle();
    expect(shop.started).toEqual([1, 1, 2, 1]);
  });
});
