import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { resolveAsset } from '../../../main/shell/assets.ts';

let folder: string;
let root: string;

beforeAll(() => {
  folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'songleaf-assets-')));
  root = path.join(folder, 'renderer');
  mkdirSync(path.join(root, 'assets'), { recursive: true });
  writeFileSync(path.join(root, 'index.html'), '<!doctype html>');
  writeFileSync(path.join(root, 'assets', 'main.js'), '1');
  writeFileSync(path.join(root, 'assets', 'secret.key'), 'x');
  writeFileSync(path.join(folder, 'outside.js'), 'x');
  // Begins with the root's own name, so that a comparison of prefixes would let it pass.
  mkdirSync(`${root}-other`);
  writeFileSync(path.join(`${root}-other`, 'other.js'), 'x');
  symlinkSync(path.join(folder, 'outside.js'), path.join(root, 'assets', 'link.js'));
  symlinkSync(folder, path.join(root, 'up'));
});

afterAll(() => rmSync(folder, { recursive: true }));

describe('resolveAsset', () => {
  test.each([
    ['/', 'index.html', 'text/html; charset=utf-8'],
    ['/index.html', 'index.html', 'text/html; charset=utf-8'],
    ['/assets/main.js', 'assets/main.js', 'text/javascript; charset=utf-8'],
    ['/assets/%6dain.js', 'assets/main.js', 'text/javascript; charset=utf-8'],
  ])('finds %s', async (pathname, file, type) => {
    expect(await resolveAsset(root, pathname)).toMatchObject({ path: path.join(root, file), type });
  });

  test.each([
    '/../outside.js',
    '/%2e%2e/outside.js',
    '/assets/..%2f..%2foutside.js',
    '/assets/../../outside.js',
    '/..%5coutside.js',
    '/../renderer-other/other.js',
    '/assets/link.js',
    '/up/outside.js',
    '/assets//main.js',
    '/./index.html',
    '/index.html%00.js',
    '/C:/outside.js',
    '/index.html:stream.js',
    '//outside.js',
    '/%',
    '/%ff',
    '',
    'index.html',
    '/assets',
    '/assets/',
    '/assets/secret.key',
    '/missing.js',
    `/${'a'.repeat(5000)}.js`,
  ])('refuses %s', async (pathname) => {
    expect(await resolveAsset(root, pathname)).toBeNull();
  });

  test('never leaves the root, whatever the path', async () => {
    const piece = fc.oneof(
      fc.constantFrom(
        '..',
        '.',
        '',
        '%2e%2e',
        '%2f',
        '%5c',
        '\\',
        'up',
        'assets',
        'main.js',
        'outside.js',
        'link.js',
      ),
      fc.constantFrom('renderer', 'renderer-other', 'other.js', 'index.html', '%00', 'C:', '~', '%252e%252e'),
      fc.string({ maxLength: 6 }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 7 }), fc.boolean(), async (pieces, slash) => {
        const asset = await resolveAsset(root, (slash ? '/' : '') + pieces.join('/'));
        if (asset === null) return;
        expect([path.join(root, 'index.html'), path.join(root, 'assets', 'main.js')]).toContain(asset.path);
      }),
      { numRuns: 500 },
    );
  });
});
