import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { calls as contract } from '../../../main/contract/calls.ts';
import { openEngineCalls } from '../../../main/engine/calls.ts';
import { openLibrary } from '../../../main/engine/library/library.ts';
import { readSong } from '../../../main/engine/song-file.ts';
import { encodeSamples, wavFile } from '../audio/helpers.ts';
import { makeAnalysis, makeArrangement } from '../library/fixtures.ts';

const SECONDS = 6;
let dir: string;
let songId: string;
let takeId: string;
let engine: Awaited<ReturnType<typeof openEngineCalls>>;

beforeAll(async () => {
  dir = mkdtempSync(path.join(os.tmpdir(), 'songleaf-media-'));
  const file = path.join(dir, 'song.wav');
  const tone = Float32Array.from({ length: SECONDS * 22_050 }, (_, i) => 0.4 * Math.sin(i / 15));
  writeFileSync(file, wavFile(encodeSamples([tone], 16), { sampleRate: 22_050 }));
  const song = await readSong(file);
  songId = song.hash;
  const libraryDir = path.join(dir, 'library');
  const library = openLibrary(libraryDir);
  library.songs.add(song, { path: file, size: statSync(file).size, mtime: 0 }, 0);
  library.analyses.put(makeAnalysis(song), { createdAt: 0 });
  takeId = library.takes.add(makeArrangement(song), 0).id;
  library.close();
  engine = await openEngineCalls({ libraryDir, device: 'cpu', emit: () => undefined });
});
afterAll(async () => {
  await engine.close();
  rmSync(dir, { recursive: true, force: true });
});

describe('what sounds in a library', () => {
  it('is made once, for all who ask for it', async () => {
    const wanted = { kind: 'song', songId, sound: 'record' } as const;
    const files = await Promise.all([engine.calls['media.file'](wanted), engine.calls['media.file'](wanted)]);
    const [file] = files.map((each) => contract['media.file'].output.parse(each));
    expect(files[1]).toEqual(file);
    const bytes = readFileSync(file!.path);
    expect(bytes.subarray(0, 4).toString()).toBe('RIFF');
    expect(Math.abs((bytes.length - 44) / 4 / 44_100 - SECONDS)).toBeLessThan(0.01);
    const { mtimeMs } = statSync(file!.path);
    await engine.calls['media.file'](wanted);
    expect(readFileSync(file!.path).equals(bytes)).toBe(true);
    // Found, not made again: a use counts, and that alone.
    expect(statSync(file!.path).mtimeMs).toBeGreaterThanOrEqual(mtimeMs);
  });

  it('is a take as a sound file under its own name, and the piano', async () => {
    const file = await engine.calls['media.file']({ kind: 'take', takeId, mix: 'record', format: 'flac' });
    expect(file).toMatchObject({ type: 'audio/flac', name: expect.stringMatching(/\.record\.flac$/) });
    expect(readFileSync(file.path).subarray(0, 4).toString()).toBe('fLaC');
    const piano = await engine.calls['media.file']({ kind: 'piano' });
    expect(readFileSync(piano.path).subarray(0, 4).toString()).toBe('RIFF');
  });

  it('is described for a player, and measured', async () => {
    const performance = contract['takes.performance'].output.parse(
      await engine.calls['takes.performance']({ takeId }),
    );
    expect(performance.bars[0]!.beats).toEqual([0, 0.5, 1, 1.5, 2]);
    expect(performance.notes.length).toBeGreaterThan(0);
    const { record, piano } = contract['takes.levels'].output.parse(
      await engine.calls['takes.levels']({ takeId }),
    );
    // A sine of half power in both channels.
    expect(record).toBeGreaterThan(-14);
    expect(record).toBeLessThan(-6);
    expect(piano).toBeLessThan(-15);
  });

  it('is what a take is now, also where it was mended while its sound was made', async () => {
    const wanted = { kind: 'take', takeId, mix: 'piano', format: 'wav' } as const;
    const making = engine.calls['media.file'](wanted);
    const { notes } = contract['takes.music'].output.parse(await engine.calls['takes.music']({ takeId }));
    const { part, start, pitch } = notes[0]!;
    await engine.calls['takes.edit']({ takeId, edit: { kind: 'delete', note: { part, start, pitch } } });
    const before = await making;
    const after = await engine.calls['media.file'](wanted);
    expect(after.path).not.toBe(before.path);
    await engine.calls['takes.undoEdit']({ takeId });
  });

  it('remembers how a song is listened to, and forgets it with the song', async () => {
    const usual = await engine.calls['songs.player']({ songId });
    const own = { ...usual, speed: 0.75, loop: { first: 1, last: 2 } };
    await engine.calls['songs.setPlayer']({ songId, settings: own });
    expect(await engine.calls['songs.player']({ songId })).toEqual(own);
    await expect(
      engine.calls['songs.setPlayer']({ songId: '0'.repeat(64), settings: own }),
    ).rejects.toMatchObject({ code: 'song-unknown' });
    const { path: file } = await engine.calls['media.file']({ kind: 'song', songId, sound: 'record' });
    const take = await engine.calls['media.file']({ kind: 'take', takeId, mix: 'piano', format: 'wav' });
    await engine.calls['songs.remove']({ songId });
    for (const gone of [file, take.path]) expect(() => statSync(gone)).toThrow();
    expect(await engine.calls['songs.player']({ songId })).toEqual(usual);
    await expect(engine.calls['media.file']({ kind: 'song', songId, sound: 'record' })).rejects.toMatchObject(
      { code: 'song-unknown' },
    );
  });
});
