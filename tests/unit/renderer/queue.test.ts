import { describe, expect, test } from 'vitest';
import type { Job } from '../../../main/contract/jobs.ts';
import type { Song } from '../../../main/contract/library.ts';
import { estimateEnds } from '../../../renderer/features/queue/estimate.ts';
import { placeAfter, placeBefore, placeOfDrop } from '../../../renderer/features/queue/queue-order.ts';
import { WorkWatch } from '../../../renderer/features/queue/work-watch.ts';

function job(id: string, change: Partial<Job> = {}): Job {
  return {
    id,
    kind: 'arrange',
    songId: `song ${id}`,
    state: 'queued',
    progress: null,
    eta: null,
    attempts: 0,
    createdAt: 0,
    startedAt: null,
    endedAt: null,
    error: null,
    ...change,
  };
}

const done = (id: string, seconds: number, change: Partial<Job> = {}) =>
  job(id, { state: 'done', startedAt: 0, endedAt: 1000 * seconds, ...change });
const runs = (id: string, fraction: number, change: Partial<Job> = {}) =>
  job(id, {
    state: 'running',
    startedAt: 0,
    progress: { stage: 'listen', stageFraction: 0, fraction },
    ...change,
  });
const song = (id: string, duration: number, analysed = false) =>
  ({ id: `song ${id}`, duration, analysed }) as Song;

describe('places in the queue', () => {
  const order = ['a', 'b', 'c', 'd'];

  test('are one earlier and one later', () => {
    expect(placeBefore(order, 'c')).toBe('b');
    expect(placeBefore(order, 'a')).toBeUndefined();
    expect(placeAfter(order, 'b')).toBe('d');
    expect(placeAfter(order, 'c')).toBeNull();
    expect(placeAfter(order, 'd')).toBeUndefined();
    expect(placeAfter(order, 'gone')).toBeUndefined();
  });

  test('are where something was dropped', () => {
    expect(placeOfDrop(order, 'd', 'b', 'before')).toBe('b');
    expect(placeOfDrop(order, 'a', 'b', 'after')).toBe('c');
    expect(placeOfDrop(order, 'a', 'd', 'after')).toBeNull();
    expect(placeOfDrop(order, 'b', 'a', 'after')).toBe('c');
  });
});

describe('when jobs will be ready', () => {
  test('is what the engine says of the one that runs, and the pace of this computer after it', () => {
    const jobs = [done('x', 10), runs('a', 0.5, { eta: 30 }), job('b'), job('c'), job('d')];
    const songs = [
      song('x', 100, true),
      song('a', 300),
      song('b', 200),
      song('c', 100),
      song('d', 100, true),
    ];
    // Both the song that was done and the one that runs go at 0.1 s a second of music.
    const ends = estimateEnds(jobs, songs, 0);
    expect(Object.fromEntries(ends)).toEqual({ a: 30, b: 50, c: 60, d: 60 });
  });

  test('is not said where no pace is known', () => {
    const songs = [song('a', 100), song('b', 100)];
    expect(estimateEnds([runs('a', 0), job('b')], songs, 0).size).toBe(0);
    expect(estimateEnds([job('a'), job('b')], songs, 0).size).toBe(0);
  });

  test('takes the pace from first hearings, not from further takes', () => {
    const jobs = [
      done('x', 50, { songId: 'song s' }),
      done('y', 1, { songId: 'song s', startedAt: 50_000, endedAt: 51_000 }),
      job('b'),
    ];
    expect(estimateEnds(jobs, [song('s', 100, true), song('b', 10)], 0).get('b')).toBe(5);
  });
});

describe('the watch over the work', () => {
  test('tells once what has ended, when nothing is left', () => {
    const watch = new WorkWatch();
    expect(watch.hear([job('a'), job('b')])).toBeNull();
    expect(watch.fraction).toBe(0);
    expect(watch.hear([runs('a', 0.5), job('b')])).toBeNull();
    expect(watch.fraction).toBe(0.25);
    expect(watch.hear([done('a', 30), runs('b', 0)])).toBeNull();
    expect(watch.fraction).toBe(0.5);
    const failed = job('b', { state: 'failed', startedAt: 30_000, endedAt: 31_000 });
    expect(watch.hear([done('a', 30), failed])).toEqual({ songIds: ['song a'], failed: 1, isLong: true });
    expect(watch.fraction).toBeNull();
    expect(watch.hear([done('a', 30), failed])).toBeNull();
  });

  test('says nothing of work that ended before it looked, nor of what was cancelled', () => {
    const watch = new WorkWatch();
    expect(watch.hear([done('a', 500)])).toBeNull();
    watch.hear([done('a', 500), job('b')]);
    const cancelled = job('b', { state: 'cancelled', startedAt: 0, endedAt: 900_000 });
    expect(watch.hear([done('a', 500), cancelled])).toEqual({ songIds: [], failed: 0, isLong: false });
  });

  test('forgets what was tried again', () => {
    const watch = new WorkWatch();
    watch.hear([runs('a', 0.1), job('b')]);
    watch.hear([job('a', { state: 'failed', startedAt: 0, endedAt: 1000 }), job('b')]);
    watch.hear([job('a'), job('b')]);
    expect(watch.fraction).toBe(0);
    expect(watch.hear([done('a', 5), done('b', 5)])).toEqual({
      songIds: ['song a', 'song b'],
      failed: 0,
      isLong: false,
    });
  });
});
