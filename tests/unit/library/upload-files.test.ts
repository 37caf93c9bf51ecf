import { existsSync, mkdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { createUploadFiles, uploadHome } from '../../../main/engine/library/upload-files.ts';
import { inTempFolder } from '../audio/helpers.ts';

const id = 'ab'.repeat(32);

function put(file: string): string {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, 'sound');
  return file;
}

it('deletes the library’s own copy with its folder, and no other file', async () => {
  await inTempFolder(async (dir) => {
    const uploads = createUploadFiles(path.join(dir, 'uploads'));
    const own = put(path.join(uploadHome(dir, id), 'song.ogg'));
    const others = [
      put(path.join(dir, 'music', 'song.ogg')),
      put(path.join(dir, 'uploads-of-mine', 'a', 'song.ogg')),
      put(path.join(dir, 'song.ogg')),
    ];
    for (const file of [
      ...others,
      path.join(dir, 'uploads'),
      path.join(dir, 'uploads', 'x', '..', '..', 'song.ogg'),
    ]) {
      uploads.remove(file);
    }
    expect(others.every((file) => readFileSync(file, 'utf8') === 'sound')).toBe(true);
    expect(existsSync(own)).toBe(true);
    uploads.remove(own);
    expect(existsSync(path.dirname(own))).toBe(false);
    // What has gone already is no fault.
    uploads.remove(own);
  });
});

it('sweeps copies of no song once nobody can be sending them any more', async () => {
  await inTempFolder(async (dir) => {
    const uploads = createUploadFiles(path.join(dir, 'uploads'));
    const kept = put(path.join(uploadHome(dir, id), 'song.ogg'));
    const orphan = put(path.join(uploadHome(dir, 'cd'.repeat(32)), 'gone.ogg'));
    const cut = put(path.join(dir, 'uploads', '.1234.part'));
    const strange = put(path.join(dir, 'uploads', 'notes.txt'));
    const now = Date.now();
    uploads.sweep([id], now);
    expect([kept, orphan, cut, strange].every((file) => existsSync(file))).toBe(true);
    const before = new Date(now - 2 * 3600 * 1000);
    for (const file of [kept, orphan, cut, strange]) utimesSync(file, before, before);
    uploads.sweep([id], now);
    expect([kept, orphan, cut, strange].map((file) => existsSync(file))).toEqual([true, false, false, true]);
  });
});
