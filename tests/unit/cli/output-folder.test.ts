import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openLibrary } from '../../../main/engine/library/library.ts';
import { runCli } from './run-cli.ts';

let dir: string;
let notes: string;

beforeAll(() => {
  dir = mkdtempSync(path.join(os.tmpdir(), 'songleaf-out-'));
  notes = path.join(dir, 'notes.txt');
  writeFileSync(notes, 'mine');
  openLibrary(path.join(dir, 'library')).close();
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

it.each(['analyse', 'arrange', 'engrave', 'export', 'separate'])(
  'songleaf %s says where no folder can be',
  async (command) => {
    const what = command === 'export' ? ['--library', path.join(dir, 'library')] : [path.join(dir, 'a.wav')];
    for (const out of [notes, path.join(notes, 'scores')]) {
      const run = await runCli([command, ...what, '--out', out]);
      expect(run.code).toBe(1);
      expect(run.stderr).toContain(`${out} is a file, or lies in one.`);
      expect(run.stderr).toContain('[file-unwritable]');
    }
    expect(readFileSync(notes, 'utf8')).toBe('mine');
  },
);

it.skipIf(process.platform !== 'linux')('a folder that takes no files is named before any work', async () => {
  const run = await runCli(['separate', path.join(dir, 'a.wav'), '--out', '/sys/songleaf']);
  expect(run.stderr).toContain('Nothing can be written to /sys/songleaf.');
  expect(run.stderr).not.toContain('a.wav');
});
