import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ErrorReport } from '../../../main/contract/errors.ts';
import { redactPaths, writeReport } from '../../../renderer/state/report.ts';

const facts = { version: '1.2.3', device: 'cpu', userAgent: 'Chromium 1', language: 'de' };
const song = {
  title: 'Paper Moon',
  artist: 'Ella',
  album: 'The Album',
  path: '/home/karissa/Music/01 paper moon (live).flac',
};

function report(message: string, withNames = false): string {
  const error: ErrorReport = { code: 'audio-corrupt', message, hint: 'Copy the file again.' };
  return writeReport(error, facts, [song], withNames);
}

describe('a report', () => {
  test('names version, code, device and remedy', () => {
    const text = report('The file ends early.');
    for (const part of ['1.2.3', 'audio-corrupt', 'The file ends early.', 'Copy the file again.', 'cpu']) {
      expect(text).toContain(part);
    }
  });

  test.each([
    '/home/karissa/Music/x.flac ends early.',
    'C:\\Users\\karissa\\Music\\x.flac ends early.',
    'C:/Users/karissa/Music/x.flac ends early.',
    '/Users/karissa/Library/Application Support/Songleaf/library/library.db is damaged.',
    '\\\\server\\karissa\\x.flac cannot be read.',
    'file:///home/karissa/x.flac cannot be read.',
    'Could not open "/home/karissa/a b/c (d)/x.flac" twice: /home/karissa/y.flac',
    '~/karissa/x.flac cannot be read.',
  ])('leaves out folders: %s', (message) => {
    for (const withNames of [false, true]) {
      const text = report(message, withNames);
      expect(text).not.toContain('karissa');
      expect(text).not.toContain('server');
    }
  });

  test('leaves out names of songs unless they are wanted', () => {
    const message = `“Paper Moon” by Ella (${song.path}) of The Album: strange.mp3 was not added`;
    expect(report(message)).not.toMatch(/paper|moon|ella|album:|strange/i);
    expect(report(message, true)).toContain('“Paper Moon” by Ella');
    expect(report(message, true)).toContain('01 paper moon (live).flac');
    expect(report(message, true)).not.toContain('karissa');
  });

  test('leaves out names with blanks of files that never became songs', () => {
    for (const path of ['/tmp/a b/secret name (live).mp3', 'C:\\x\\secret name.FLAC', '/secret name.m4a']) {
      expect(report(`${path} cannot be read.`)).not.toContain('secret');
      expect(report(`${path} cannot be read.`)).toContain('cannot be read.');
      expect(report(`${path} cannot be read.`, true)).toContain('secret name');
    }
  });

  test('leaves out quoted names with blanks', () => {
    for (const message of [
      '“secret name.mp3” is no audio.',
      '"secret name.ogg" is no audio.',
      "'secret a b.wav' is.",
    ]) {
      expect(report(message)).not.toContain('secret');
      expect(report(message, true)).toContain('secret');
    }
  });

  test('leaves out every folder, whatever it is called', () => {
    const name = fc.stringMatching(/^[a-z][a-z0-9 ._-]{2,20}[a-z0-9]$/);
    fc.assert(
      fc.property(
        fc.array(name, { minLength: 1, maxLength: 5 }),
        fc.constantFrom('/', 'D:\\'),
        (parts, root) => {
          const separator = root === '/' ? '/' : '\\';
          const secret = parts.map((part) => `SECRET${part}`);
          const path = root + [...secret, 'song.wav'].join(separator);
          expect(redactPaths(`The file ${path} is empty.`)).not.toContain('SECRET');
        },
      ),
    );
  });

  test('keeps what only looks like a path', () => {
    expect(redactPaths('In 3/4 at 12/11/2026, 50 % / 60 %.')).toBe('In 3/4 at 12/11/2026, 50 % / 60 %.');
  });
});
