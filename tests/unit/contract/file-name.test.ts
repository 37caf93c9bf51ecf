import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { safeFileName } from '../../../main/contract/file-name.ts';

describe('safeFileName', () => {
  test.each([
    ["Let's Go Fishin'.ogg", "Let's Go Fishin'.ogg"],
    ['Grüße, 春.mp3', 'Grüße, 春.mp3'],
    ['../../etc/passwd', '_.._etc_passwd'],
    ['..\\..\\x.wav', '_.._x.wav'],
    ['AC/DC: "Live"?.flac', 'AC_DC_ _Live__.flac'],
    ['.hidden', 'hidden'],
    ['con.mp3', '_con.mp3'],
    ['name. . ', 'name'],
    ['a\u202Egpj.exe', 'agpj.exe'],
    ['\u0000\n', 'song'],
    ['', 'song'],
  ])('%j becomes %j', (name, expected) => {
    expect(safeFileName(name)).toBe(expected);
  });

  test('keeps the extension of a long name', () => {
    const name = safeFileName(`${'春'.repeat(300)}.ogg`);
    expect(name).toMatch(/^春+\.ogg$/);
    expect(Buffer.byteLength(name)).toBeLessThanOrEqual(200);
  });

  test('is a plain name inside its folder on every system, whatever comes in', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (name) => {
        const safe = safeFileName(name);
        expect(safe).not.toBe('');
        expect(safe).not.toMatch(/[\\/:*?"<>|]|\p{Cc}/u);
        expect(safe).not.toMatch(/^\.|[. ]$/);
        expect(Buffer.byteLength(safe)).toBeLessThanOrEqual(200);
        expect(path.posix.dirname(path.posix.join('/folder', safe))).toBe('/folder');
        expect(path.win32.dirname(path.win32.join('C:\\folder', safe))).toBe('C:\\folder');
        expect(safeFileName(safe)).toBe(safe);
      }),
    );
  });
});
