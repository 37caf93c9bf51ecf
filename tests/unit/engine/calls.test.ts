import { spawn } from 'node:child_process';
import { copyFileSync, existsSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { calls as contract, type EventName } from '../../../main/contract/calls.ts';
import type { Job } from '../../../main/contract/jobs.ts';
import { openEngineCalls } from '../../../main/engine/calls.ts';
import { openLibrary } from '../../../main/engine/library/library.ts';
import { checkScore } from '../../../main/engine/score/check-score.ts';
import { readSong } from '../../../main/engine/song-file.ts';
import { writeExcerpts } from '../../e2e/support/excerpts.ts';
import { toneWav } from '../audio/helpers.ts';

const fishin = fileURLToPath(new URL('../../fixtures/lets_go_fishin.ogg', import.meta.url));
const settings = { model: 'reduction', level: 'full', melody: 'include', seed: 1 } as const;
let dir: string;
/** Half a minute of the real song. */
let passage: string;

beforeAll(async () => {
  dir = mkdtempSync(path.join(os.tmpdir(), 'songleaf-engine-'));
  [passage] = (await writeExcerpts(dir, 1, 30)) as [string];
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

/** Opens a library and keeps what it tells. */
async function open(name: string) {
  const told: { event: EventName; payload: unknown }[] = [];
  const engine = await openEngineCalls({
    libraryDir: path.join(dir, name),
    device: 'cpu',
    emit: (event, payload) => told.push({ event, payload }),
  });
  const until = async (jobId: string): Promise<Job> => {
    while (true) {
      const job = (await engine.calls['jobs.list']({})).find((candidate) => candidate.id === jobId);
      if (job && job.state !== 'queued' && job.state !== 'running') return job;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  };
  return { ...engine, told, until };
}

describe('engine calls on a library', () => {
  it('imports, arranges, scores and exports, and listens only once', async () => {
    const engine = await open('main');
    const { calls, told } = engine;
    const imported = await calls['songs.import']({ paths: [fishin] });
    expect(imported.added.map((song) => song.title)).toEqual(["Let's Go Fishin'"]);
    const songId = imported.added[0].id;
    expect(await calls['analysis.get']({ songId })).toBeNull();
    const first = await engine.until((await calls['jobs.arrange']({ songId, settings })).id);
    expect(first).toMatchObject({ state: 'done', error: null });
    const stages = () =>
      new Set(told.flatMap(({ payload }) => (payload as Partial<Job>).progress?.stage ?? []));
    expect(stages()).toContain('listen');
    told.length = 0;
    const second = await engine.until(
      (await calls['jobs.arrange']({ songId, settings: { ...settings, seed: 2 } })).id,
    );
    expect(second.state).toBe('done');
    expect(stages()).not.toContain('listen');

    const analysis = contract['analysis.get'].output.parse(await calls['analysis.get']({ songId }));
    expect(analysis?.keys[0]).toMatchObject({ tonic: 10, mode: 'major' });
    const takes = contract['takes.list'].output.parse(await calls['takes.list']({ songId }));
    expect(takes).toHaveLength(2);
    expect(takes[0].facts?.closeness.chroma).toBeGreaterThan(0.5);
    const roll = { bars: [8, 9], seed: 5 };
    const rolled = await engine.until((await calls['takes.roll']({ takeId: takes[0].id, roll })).id);
    expect(rolled).toMatchObject({ state: 'done', error: null });
    const third = (await calls['takes.list']({ songId }))[2];
    expect(third.settings).toEqual({ ...takes[0].settings, rolls: [roll] });
    await calls['takes.remove']({ takeId: third.id });
    const { musicxml } = await calls['takes.score']({ takeId: takes[0].id });
    expect(checkScore(musicxml)).toEqual([]);
    for (const format of ['musicxml', 'mxl', 'mid', 'score.mid', 'jams'] as const) {
      const output = await calls['takes.export']({ takeId: takes[0].id, format });
      expect(output.name).toBe(`Let's Go Fishin'.${format}`);
      expect(Buffer.from(output.base64, 'base64').length).toBeGreaterThan(1000);
    }
    await calls['takes.remove']({ takeId: takes[0].id });
    expect((await calls['songs.list']({}))[0]).toMatchObject({ analysed: true, takes: 1 });
    await calls['songs.remove']({ songId });
    expect(await calls['songs.list']({})).toEqual([]);
    await engine.close();
  });

  it('reports a recording that vanished or changed, and the queue goes on', async () => {
    const engine = await open('vanished');
    const file = path.join(dir, 'song.wav');
    copyFileSync(passage, file);
    const [song] = (await engine.calls['songs.import']({ paths: [file] })).added;
    truncateSync(file, 400_000);
    const changed = await engine.until(
      (await engine.calls['jobs.arrange']({ songId: song.id, settings })).id,
    );
    expect(changed).toMatchObject({ state: 'failed', error: { code: 'analysis-mismatch' } });
    rmSync(file);
    const gone = await engine.until((await engine.calls['jobs.retry']({ jobId: changed.id })).id);
    expect(gone).toMatchObject({ state: 'failed', error: { code: 'file-not-found' } });
    copyFileSync(passage, file);
    const back = await engine.until((await engine.calls['jobs.retry']({ jobId: changed.id })).id);
    expect(back.state).toBe('done');
    await engine.close();
  });

  it('makes the stems of a song once, also for two who ask, and drops them with it', async () => {
    const engine = await open('stems');
    const file = path.join(dir, 'tone.wav');
    writeFileSync(file, toneWav(3));
    const [song] = (await engine.calls['songs.import']({ paths: [file] })).added;
    const ask = () => engine.calls['songs.stems']({ songId: song.id });
    const [stems, same] = await Promise.all([ask(), ask()]);
    expect(same).toEqual(stems);
    for (const stem of [stems.vocals, stems.accompaniment]) {
      expect((await readSong(stem)).duration).toBeCloseTo(3, 3);
    }
    // The recording is not needed again.
    rmSync(file);
    expect(await ask()).toEqual(stems);
    await engine.calls['songs.remove']({ songId: song.id });
    expect(existsSync(stems.vocals) || existsSync(stems.accompaniment)).toBe(false);
    await engine.close();
  });

  it('cancels while it listens', async () => {
    const engine = await open('cancelled');
    const [song] = (await engine.calls['songs.import']({ paths: [fishin] })).added;
    const job = await engine.calls['jobs.arrange']({ songId: song.id, settings });
    while (!engine.told.some(({ payload }) => (payload as Partial<Job>).progress?.stage === 'listen')) {
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    await engine.calls['jobs.cancel']({ jobId: job.id });
    expect((await engine.until(job.id)).state).toBe('cancelled');
    expect(await engine.calls['takes.list']({ songId: song.id })).toEqual([]);
    await engine.close();
  });

  it('opens a damaged library and says what became of it', async () => {
    const sound = await open('damaged');
    expect(await sound.calls['library.notices']({})).toEqual([]);
    await sound.calls['songs.import']({ paths: [fishin] });
    await sound.close();
    writeFileSync(path.join(dir, 'damaged', 'library.db'), Buffer.alloc(40_000, 7));
    rmSync(path.join(dir, 'damaged', 'library.db-wal'), { force: true });
    const repaired = await open('damaged');
    const notices = contract['library.notices'].output.parse(await repaired.calls['library.notices']({}));
    expect(notices.length).toBeGreaterThan(0);
    expect(notices[0].message).toContain('library.db');
    await repaired.close();
  });

  it('refuses an unknown device', async () => {
    await expect(
      openEngineCalls({ libraryDir: dir, device: 'abacus', emit: () => undefined }),
    ).rejects.toMatchObject({
      code: 'bad-request',
    });
  });

  it('goes on after kills at any moment, from the last finished stage, to the same take', async () => {
    const script = fileURLToPath(new URL('./children/work-on-song.ts', import.meta.url));
    const library = path.join(dir, 'killed');
    const run = (killAfter: number | null) =>
      new Promise<string>((resolve) => {
        const child = spawn(process.execPath, [script, library, passage], {
          stdio: ['ignore', 'pipe', 'ignore'],
        });
        let out = '';
        child.stdout.on('data', (part) => {
          out += part;
        });
        if (killAfter !== null) setTimeout(() => child.kill('SIGKILL'), killAfter);
        child.on('close', () => resolve(out));
      });
    // The queue gives a job up after two starts that killed its process: so one kill, then the end.
    await run(1300);
    const sound = openLibrary(library);
    expect(sound.verify()).toEqual([]);
    for (const job of sound.jobs.list()) expect(['queued', 'running', 'done']).toContain(job.state);
    sound.close();
    const finished = JSON.parse(await run(null));
    expect(finished.states).toEqual(['done']);
    const reopened = openLibrary(library);
    const [song] = reopened.songs.list();
    const takes = reopened.takes.list(song.id);
    expect(takes).toHaveLength(1);
    const arrangement = reopened.takes.getArrangement(takes[0].id);
    reopened.close();

    const engine = await open('uninterrupted');
    const [other] = (await engine.calls['songs.import']({ paths: [passage] })).added;
    await engine.until((await engine.calls['jobs.arrange']({ songId: other.id, settings })).id);
    const [take] = await engine.calls['takes.list']({ songId: other.id });
    expect(take.noteCount).toBe(arrangement.notes.length);
    expect(take.id).toBe(takes[0].id);
    await engine.close();
  });
});

describe('weights', () => {
  it('refuses a network that is not the one of the manifest', async () => {
    const { readWeights } = await import('../../../main/engine/weights.ts');
    const { findWeightsDir } = await import('../../../main/engine/places.ts');
    const own = path.join(dir, 'weights');
    const { mkdirSync } = await import('node:fs');
    mkdirSync(own);
    copyFileSync(path.join(findWeightsDir(), 'manifest.json'), path.join(own, 'manifest.json'));
    await expect(readWeights(own, 'basic-pitch')).rejects.toMatchObject({ code: 'model-missing' });
    writeFileSync(path.join(own, 'basic_pitch.onnx'), 'something else');
    await expect(readWeights(own, 'basic-pitch')).rejects.toMatchObject({ code: 'model-corrupt' });
    await expect(readWeights(path.join(dir, 'nowhere'), 'x')).rejects.toMatchObject({
      code: 'model-missing',
    });
    expect((await readWeights(findWeightsDir(), 'basic-pitch')).length).toBe(230_444);
  });
});
