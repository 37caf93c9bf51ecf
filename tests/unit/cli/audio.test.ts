import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { encodeSamples, wavFile } from '../audio/helpers.ts';
import { playBand } from '../support/synth.ts';
import { runCli } from './run-cli.ts';

let dir: string;
beforeAll(() => {
  dir = mkdtempSync(path.join(os.tmpdir(), 'songleaf-cli-audio-'));
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

it('plays takes into sound files, with the recording where it is asked for', async () => {
  const beats = Array.from({ length: 33 }, (_, i) => 0.3 + 0.5 * i);
  const chords = [
    [60, 64, 67],
    [65, 69, 72],
  ];
  const band = playBand({ beats, beatsPerBar: 4, division: 2, chords });
  const song = path.join(dir, 'band.wav');
  writeFileSync(song, wavFile(encodeSamples([band], 16), { sampleRate: 22_050 }));
  const out = path.join(dir, 'out');
  const flags = ['--out', out, '--device', 'cpu', '--separate', 'never'];
  const run = await runCli(['arrange', song, ...flags, '--format', 'mid,flac,wav', '--mix', 'record']);
  expect(run.stderr).toContain('band.take1.record.wav');
  expect(run.code).toBe(0);
  expect(readdirSync(out).sort()).toEqual([
    'band.take1.mid',
    'band.take1.record.flac',
    'band.take1.record.wav',
  ]);
  expect(readFileSync(path.join(out, 'band.take1.record.flac')).subarray(0, 4).toString()).toBe('fLaC');
  const wav = readFileSync(path.join(out, 'band.take1.record.wav'));
  expect(wav.readUInt32LE(24)).toBe(44_100);
  // As long as the recording, or as the piano rings.
  expect(wav.readUInt32LE(40) / 4 / 44_100).toBeGreaterThan(band.length / 22_050 - 0.1);
  let loudest = 0;
  for (let at = 44; at + 1 < wav.length; at += 2) loudest = Math.max(loudest, Math.abs(wav.readInt16LE(at)));
  expect(loudest).toBeGreaterThan(3_000);
  expect(loudest).toBeLessThan(32_000);
});

it('knows no other mix', async () => {
  const run = await runCli(['arrange', 'song.wav', '--out', dir, '--format', 'wav', '--mix', 'drums']);
  expect(run.code).not.toBe(0);
  expect(run.stderr).toContain('piano, record, vocals');
  const shifted = ['--format', 'wav', '--mix', 'record', '--transpose', '2'];
  const clash = await runCli(['arrange', 'song.wav', '--out', dir, ...shifted]);
  expect(clash.code).not.toBe(0);
  expect(clash.stderr).toContain('stays in its key');
});
