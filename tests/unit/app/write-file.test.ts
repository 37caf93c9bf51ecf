import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { writeWholeFile } from '../../../main/shell/write-file.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'songleaf-write-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('writeWholeFile', () => {
  test('replaces a file and leaves nothing else', async () => {
    const target = path.join(folder, 'take.mid');
    writeFileSync(target, 'old');
    await writeWholeFile(target, Buffer.from('new'));
    expect(readFileSync(target, 'utf8')).toBe('new');
    expect(readdirSync(folder)).toEqual(['take.mid']);
  });

  test('says where it could not write', async () => {
    const target = path.join(folder, 'gone', 'take.mid');
    await expect(writeWholeFile(target, Buffer.from('x'))).rejects.toMatchObject({
      code: 'file-unwritable',
      message: expect.stringContaining('take.mid'),
    });
  });

  test('leaves no temporary file where the target cannot be replaced', async () => {
    const target = path.join(folder, 'take.mid');
    mkdirSync(path.join(target, 'inside'), { recursive: true });
    await expect(writeWholeFile(target, Buffer.from('x'))).rejects.toMatchObject({ code: 'file-unwritable' });
    expect(readdirSync(folder)).toEqual(['take.mid']);
  });
});
