import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { calls as contract } from '../../../main/contract/calls.ts';
import type { Correction } from '../../../main/contract/corrections.ts';
import { WAVEFORM_RATE } from '../../../main/contract/waveform.ts';
import { openEngineCalls } from '../../../main/engine/calls.ts';
import { expectWhole } from '../corrections/support/check-analysis.ts';

const fishin = fileURLToPath(new URL('../../fixtures/lets_go_fishin.ogg', import.meta.url));
const settings = { model: 'chords', level: 'full', melody: 'include', seed: 1 } as const;
let dir: string;
let engine: Awaited<ReturnType<typeof openEngineCalls>>;
let songId: string;

async function arrange(): Promise<void> {
  const { id } = await engine.calls['jobs.arrange']({ songId, settings });
  while (true) {
    const job = (await engine.calls['jobs.list']({})).find((each) => each.id === id)!;
    if (job.state === 'done') return;
    if (job.state === 'failed') throw new Error(job.error?.message);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

async function read() {
  const corrected = contract['corrections.get'].output.parse(
    await engine.calls['corrections.get']({ songId }),
  );
  return corrected!;
}

const make = (correction: Correction) => engine.calls['corrections.make']({ songId, correction });

beforeAll(async () => {
  dir = mkdtempSync(path.join(os.tmpdir(), 'songleaf-corrections-'));
  engine = await openEngineCalls({ libraryDir: dir, device: 'cpu', emit: () => undefined });
  songId = (await engine.calls['songs.import']({ paths: [fishin] })).added[0].id;
  expect(await engine.calls['corrections.get']({ songId })).toBeNull();
  await expect(make({ kind: 'double' })).rejects.toMatchObject({ code: 'analysis-invalid' });
  await arrange();
  // It listens to a whole song, perhaps beside other work.
}, 400_000);
afterAll(async () => {
  await engine.close();
  rmSync(dir, { recursive: true, force: true });
});

describe('corrections of a song that was heard', () => {
  it('find again what depends on the beats, keep what was typed, and come back byte for byte', async () => {
    const heard = await read();
    expect(heard).toMatchObject({ edited: false, undo: null, redo: null });
    const { start, duration } = heard.analysis.chords[4];
    const typed = await make({ kind: 'chord', start, duration, root: 1, quality: 'dim7', bass: null });
    expectWhole(typed.analysis);
    expect(typed.analysis.melody).toEqual(heard.analysis.melody);
    expect(typed.analysis.sections).toEqual(heard.analysis.sections);

    const fast = await make({ kind: 'double' });
    expectWhole(fast.analysis);
    expect(fast.analysis.tempo.bpm).toBeCloseTo(2 * heard.analysis.tempo.bpm, 0);
    const kept = fast.analysis.chords.filter((chord) => chord.byHand);
    expect(kept).toMatchObject([{ start: 2 * start, duration: 2 * duration, root: 1, quality: 'dim7' }]);
    // Found again on the new beats, not only stretched: most of it is what was heard before.
    const roots = (chords: typeof kept, scale: number) =>
      new Set(chords.map((chord) => `${Math.round((chord.start * scale) / 96)}:${chord.root}`));
    const before = roots(heard.analysis.chords, 2);
    const same = [...roots(fast.analysis.chords, 1)].filter((each) => before.has(each)).length;
    expect(same / before.size).toBeGreaterThan(0.6);
    expect(fast.analysis.melody.length).toBeGreaterThan(heard.analysis.melody.length * 0.7);

    expect((await engine.calls['corrections.undo']({ songId })).redo).toEqual({ kind: 'double' });
    const back = await engine.calls['corrections.undo']({ songId });
    expect(JSON.stringify(back.analysis)).toBe(JSON.stringify(heard.analysis));
    await engine.calls['corrections.redo']({ songId });
    const again = await engine.calls['corrections.redo']({ songId });
    expect(JSON.stringify(again.analysis)).toBe(JSON.stringify(fast.analysis));
    await expect(engine.calls['corrections.redo']({ songId })).rejects.toMatchObject({ code: 'bad-request' });
  });

  it('shape the next take, without listening again', async () => {
    await arrange();
    const takes = await engine.calls['takes.list']({ songId });
    expect(takes).toHaveLength(2);
    const { musicxml } = await engine.calls['takes.score']({ takeId: takes[1].id });
    expect(musicxml).toContain('<kind text="dim7">diminished-seventh</kind>');
    expect((await read()).edited).toBe(true);
  });

  it('made at once are made one after another', async () => {
    const { length } = (await read()).analysis.melody;
    const [first, second] = (await read()).analysis.melody;
    await Promise.all([
      make({ kind: 'note', start: first.start, note: null }),
      make({ kind: 'note', start: second.start, note: null }),
    ]);
    expect((await read()).analysis.melody).toHaveLength(length - 2);
    await expect(make({ kind: 'remove-beat', beat: 100_000 })).rejects.toMatchObject({ code: 'bad-request' });
  });
});

it('a waveform shows how loud the song is, and is kept', async () => {
  const { base64 } = contract['songs.waveform'].output.parse(
    await engine.calls['songs.waveform']({ songId }),
  );
  const bytes = Buffer.from(base64, 'base64');
  const [song] = await engine.calls['songs.list']({});
  expect(Math.abs(bytes.length / 2 / WAVEFORM_RATE - song.duration)).toBeLessThan(0.1);
  const peaks = bytes.filter((_, i) => i % 2 === 0);
  const means = bytes.filter((_, i) => i % 2 === 1);
  expect(means.every((mean, i) => mean <= peaks[i])).toBe(true);
  expect(Math.max(...peaks)).toBeGreaterThan(150);
  expect(existsSync(path.join(dir, 'evidence', `${songId}.waveform.bin`))).toBe(true);
  expect(await engine.calls['songs.waveform']({ songId })).toEqual({ base64 });
});
