import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fingerprint } from '../../../tools/fingerprint.mjs';

let root: string;
const parts = ['main', 'package.json', 'absent'];
const write = (file: string, text: string) => {
  fs.mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
  fs.writeFileSync(path.join(root, file), text);
};

beforeEach(() => {
  root = fs.mkdtempSync(path.join(os.tmpdir(), 'songleaf-fingerprint-'));
  write('main/a.ts', 'a');
  write('main/deep/b.ts', 'b');
  write('package.json', '{}');
  write('elsewhere.txt', 'x');
});
afterEach(() => fs.rmSync(root, { recursive: true }));

describe('fingerprint', () => {
  it('stays while nothing changes, whatever the order of the parts', () => {
    expect(fingerprint(root, parts)).toBe(fingerprint(root, [...parts].reverse()));
  });

  it.each<[string, () => void]>([
    ['a file has another size', () => write('main/deep/b.ts', 'bb')],
    ['a file was written at another time', () => fs.utimesSync(path.join(root, 'main/a.ts'), 1, 1)],
    ['a file is added', () => write('main/deep/c.ts', '')],
    ['a file is removed', () => fs.rmSync(path.join(root, 'main/a.ts'))],
    [
      'a file gets another name',
      () => fs.renameSync(path.join(root, 'main/a.ts'), path.join(root, 'main/z.ts')),
    ],
    ['a part that was absent comes', () => write('absent/new.ts', '')],
  ])('changes when %s', (_, change) => {
    const before = fingerprint(root, parts);
    change();
    expect(fingerprint(root, parts)).not.toBe(before);
  });

  it('does not look at anything else', () => {
    const before = fingerprint(root, parts);
    write('elsewhere.txt', 'changed');
    expect(fingerprint(root, parts)).toBe(before);
  });
});
