import { describe, expect, test } from 'vitest';
import type { Job, JobState } from '../../../main/contract/jobs.ts';
import type { Take } from '../../../main/contract/library.ts';
import { baseName } from '../../../renderer/state/base-name.ts';
import { defaultSettings, nextSettings } from '../../../renderer/state/settings.ts';
import { jobToShow } from '../../../renderer/state/song-jobs.ts';

function job(id: string, state: JobState, createdAt: number, songId = 's'): Job {
  return {
    id,
    kind: 'arrange',
    songId,
    state,
    progress: null,
    eta: null,
    attempts: 0,
    createdAt,
    startedAt: null,
    endedAt: null,
    error: null,
  };
}

describe('jobToShow', () => {
  test('prefers what runs, then what waits, then what ended badly last', () => {
    const failed = job('failed', 'failed', 1);
    const waits = job('waits', 'queued', 2);
    const waitsToo = job('waits too', 'queued', 3);
    const runs = job('runs', 'running', 4);
    const other = job('other', 'running', 5, 'another song');
    expect(jobToShow([waitsToo, runs, failed, waits, other], 's')?.id).toBe('runs');
    expect(jobToShow([waitsToo, failed, waits, other], 's')?.id).toBe('waits');
    expect(jobToShow([failed, other], 's')?.id).toBe('failed');
  });

  test('has nothing to say once the last job is done', () => {
    expect(jobToShow([job('done', 'done', 2), job('failed', 'failed', 1)], 's')).toBeNull();
    expect(jobToShow([], 's')).toBeNull();
  });
});

describe('nextSettings', () => {
  const take = (change: Partial<Take['settings']>): Take => ({
    id: 't',
    songId: 's',
    settings: { ...defaultSettings, ...change },
    engine: '0',
    createdAt: 0,
    noteCount: 0,
    facts: null,
    number: 1,
    name: null,
    starred: false,
    origin: null,
    edits: 0,
    revision: 0,
  });

  test('starts with the default seed and counts on from takes of the same kind', () => {
    const chosen = { model: 'reduction', level: 'easy', melody: 'omit' } as const;
    expect(nextSettings(chosen, [take({})])).toEqual({ ...chosen, seed: 1 });
    expect(nextSettings(chosen, [take({ ...chosen, seed: 4 }), take({ ...chosen, seed: 2 })])).toEqual({
      ...chosen,
      seed: 5,
    });
  });
  test('counts on from takes that were wished for alike in all else', () => {
    const dense = { model: 'songleaf', level: 'full', melody: 'include', texture: { density: 1 } } as const;
    const sparse = { ...dense, texture: { density: -1 } };
    const rolled = { ...dense, seed: 7, rolls: [{ bars: [1], seed: 9 }] };
    expect(nextSettings(dense, [take({ ...sparse, seed: 4 })]).seed).toBe(1);
    expect(nextSettings(dense, [take(rolled)])).toEqual({ ...dense, seed: 8 });
    expect(nextSettings({ ...dense, passage: { first: 0, last: 3 } }, [take(rolled)]).seed).toBe(1);
  });
});

test.each([
  ['/music/a song.mp3', 'a song.mp3'],
  ['C:\\Music\\a song.mp3', 'a song.mp3'],
  ['a song.mp3', 'a song.mp3'],
  ['/music/album/', 'album'],
  ['', ''],
])('the base name of %j is %j', (path, name) => {
  expect(baseName(path)).toBe(name);
});
