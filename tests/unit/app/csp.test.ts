import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { contentSecurityPolicy } from '../../../main/shell/csp.ts';

test('the page carries the same policy as its headers', () => {
  const html = readFileSync(new URL('../../../renderer/index.html', import.meta.url), 'utf8');
  const meta = /http-equiv="Content-Security-Policy"\s+content="([^"]*)"/.exec(html)?.[1];
  // `frame-ancestors` has a meaning in a header only.
  const inHeader = contentSecurityPolicy.split('; ').filter((rule) => !rule.startsWith('frame-ancestors'));
  expect(meta?.split('; ')).toEqual(inHeader);
});
