import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { answerAppRequest } from '../../../main/app/protocol.ts';

let root: string;

beforeAll(() => {
  root = mkdtempSync(path.join(tmpdir(), 'songleaf-protocol-'));
  writeFileSync(path.join(root, 'index.html'), '<!doctype html><title>x</title>');
});

afterAll(() => rmSync(root, { recursive: true }));

describe('answerAppRequest', () => {
  test('gives the page with its policy', async () => {
    const response = await answerAppRequest(root, { method: 'GET', url: 'app://songleaf/' });
    expect(response.status).toBe(200);
    expect(await response.text()).toContain('<title>x</title>');
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    const policy = response.headers.get('content-security-policy') ?? '';
    expect(policy.split('; ')).toEqual(
      expect.arrayContaining(["default-src 'none'", "script-src 'self' 'wasm-unsafe-eval'"]),
    );
    expect(policy).not.toContain("'unsafe-eval'");
    expect(policy).not.toMatch(/script-src[^;]*unsafe-inline/);
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
  });

  test.each([
    ['another host', 'GET', 'app://evil/', 404],
    ['a missing file', 'GET', 'app://songleaf/none.js', 404],
    ['an encoded parent', 'GET', 'app://songleaf/%2e%2e%2fpackage.json', 404],
    ['another method', 'POST', 'app://songleaf/', 405],
  ])('refuses %s, also with the policy', async (_what, method, url, status) => {
    const response = await answerAppRequest(root, { method, url });
    expect(response.status).toBe(status);
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
  });
});
