import { describe, expect, test } from 'vitest';
import { checkInput, openCallReply, openImportReply } from '../../../renderer/transport/transport.ts';

describe('what comes in is checked', () => {
  test('a value of the contract passes', () => {
    expect(openCallReply('songs.list', { ok: true, value: [] })).toEqual([]);
    expect(openImportReply({ ok: true, value: null })).toBeNull();
  });

  test("the engine's error is thrown with its hint", () => {
    const error = { code: 'library-locked', message: 'Open elsewhere.', hint: 'Close it there.' };
    expect(() => openCallReply('songs.list', { ok: false, error })).toThrowError(
      expect.objectContaining(error),
    );
  });

  test.each([
    { ok: true, value: [{ id: 'not a hash' }] },
    { ok: true },
    { ok: true, value: {} },
    { ok: false, error: { code: 'made-up', message: '', hint: '' } },
    { value: [] },
    null,
    'ok',
  ])('%j is refused', (reply) => {
    expect(() => openCallReply('songs.list', reply)).toThrowError(
      expect.objectContaining({ code: 'bad-request' }),
    );
  });
});

test('what goes out is checked', () => {
  expect(checkInput('jobs.cancel', { jobId: 'j' })).toEqual({ jobId: 'j' });
  expect(() => checkInput('jobs.cancel', { jobId: '' })).toThrowError(
    expect.objectContaining({ code: 'bad-request' }),
  );
});
