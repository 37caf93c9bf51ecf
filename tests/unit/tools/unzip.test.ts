import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { strToU8, zipSync } from 'fflate';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { unzip } from '../../../tools/unzip.mjs';

let folder: string;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'songleaf-unzip-'));
});
afterEach(() => fs.rmSync(folder, { recursive: true }));

const archive = (bytes: Uint8Array) => {
  const file = path.join(folder, 'a.zip');
  fs.writeFileSync(file, bytes);
  return file;
};
const long = 'songleaf '.repeat(10_000);
const executable = { os: 3, attrs: 0o100755 << 16 };
const sample = () =>
  zipSync({
    'app/program': [strToU8(long), executable],
    'app/stored.txt': [strToU8('as it is'), { level: 0 }],
    'app/left-out.txt': strToU8('no'),
  });

describe('unzip', () => {
  it('unpacks what is chosen, under the name that is chosen, with its permissions', () => {
    const out = path.join(folder, 'out');
    const count = unzip(archive(sample()), out, (name) =>
      name === 'app/left-out.txt' ? null : name.replace('app/', 'place/'),
    );
    expect(count).toBe(2);
    expect(fs.readFileSync(path.join(out, 'place/program'), 'utf8')).toBe(long);
    expect(fs.readFileSync(path.join(out, 'place/stored.txt'), 'utf8')).toBe('as it is');
    expect(fs.readdirSync(path.join(out, 'place'))).toEqual(['program', 'stored.txt']);
    if (process.platform !== 'win32') {
      expect(fs.statSync(path.join(out, 'place/program')).mode & 0o111).not.toBe(0);
    }
  });

  it('refuses a name that leads out of the folder', () => {
    const file = archive(zipSync({ '../evil.txt': strToU8('x') }));
    expect(() => unzip(file, path.join(folder, 'out'), (name) => name)).toThrow(/leads out/);
    expect(fs.existsSync(path.join(folder, 'evil.txt'))).toBe(false);
  });

  it('refuses damaged content', () => {
    const bytes = zipSync({ 'a.txt': [strToU8('as it is'), { level: 0 }] });
    const at = Buffer.from(bytes).indexOf('as it is');
    bytes[at] = bytes[at]! ^ 1;
    expect(() => unzip(archive(bytes), path.join(folder, 'out'), (name) => name)).toThrow(/damaged/);
  });

  it('refuses what is no archive', () => {
    expect(() => unzip(archive(strToU8(long)), folder, (name) => name)).toThrow(/not a zip archive/);
  });
});
