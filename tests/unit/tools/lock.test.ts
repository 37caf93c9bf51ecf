import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { withLock } from '../../../tools/lock.mjs';

let folder: string;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'songleaf-lock-'));
});
afterEach(() => fs.rmSync(folder, { recursive: true }));

describe('withLock', () => {
  it('lets one in at a time', async () => {
    const events: string[] = [];
    const work = (name: string) => async () => {
      events.push(`${name} in`);
      await new Promise((resolve) => setImmediate(resolve));
      events.push(`${name} out`);
    };
    await Promise.all([withLock('x', work('a'), folder), withLock('x', work('b'), folder)]);
    expect(events).toEqual(['a in', 'a out', 'b in', 'b out']);
  });

  it('opens again after work that failed', async () => {
    await expect(withLock('x', () => Promise.reject(new Error('no')), folder)).rejects.toThrow('no');
    await expect(withLock('x', async () => 1, folder)).resolves.toBe(1);
    expect(fs.readdirSync(folder)).toEqual([]);
  });

  it('does not wait for a process that has died', async () => {
    const { pid } = spawnSync(process.execPath, ['--version']);
    fs.writeFileSync(path.join(folder, 'x.lock'), String(pid));
    await expect(withLock('x', async () => 1, folder)).resolves.toBe(1);
  });

  it('does not wait for one of its own number that came before it', async () => {
    fs.writeFileSync(path.join(folder, 'x.lock'), String(process.pid));
    await expect(withLock('x', async () => 1, folder)).resolves.toBe(1);
  });

  it('says what to do where the folder cannot be made', async () => {
    fs.writeFileSync(path.join(folder, 'file'), '');
    const inFile = path.join(folder, 'file', 'cache');
    await expect(withLock('x', async () => 1, inFile)).rejects.toMatchObject({ remedy: expect.any(String) });
  });
});
