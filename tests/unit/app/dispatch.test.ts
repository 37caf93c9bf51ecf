import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, onTestFinished, test } from 'vitest';
import { openEngineCalls } from '../../../main/engine/calls.ts';
import { checkCall, dispatch } from '../../../main/shell/dispatch.ts';
import { checkEvent, pageCallNames } from '../../../main/shell/wire.ts';
import { temporaryFolder } from './support/temporary.ts';

describe('checkCall', () => {
  test('does not let a page name files', () => {
    const input = { paths: ['/etc/passwd'] };
    expect(() => checkCall('songs.import', input, 'page')).toThrowError(
      expect.objectContaining({ code: 'bad-request' }),
    );
    expect(checkCall('songs.import', input, 'shell')).toEqual({ name: 'songs.import', input });
  });

  test.each([
    '',
    'toString',
    '__proto__',
    'constructor',
    'songs.List',
    'songs.list ',
    1,
    null,
    undefined,
    {},
  ])('knows no call %j', (name) => {
    expect(() => checkCall(name, {}, 'shell')).toThrowError(expect.objectContaining({ code: 'bad-request' }));
  });

  test.each([
    ['songs.list', { more: 1 }],
    ['songs.list', null],
    ['jobs.cancel', { jobId: 7 }],
    ['jobs.cancel', { jobId: 'x'.repeat(201) }],
    ['jobs.arrange', { songId: 'x', settings: { level: 'impossible' } }],
    ['jobs.arrange', { songId: 'x', settings: { seed: Number.NaN } }],
    ['takes.export', { takeId: 'x', format: '../exe' }],
    ['takes.export', { takeId: 'x', format: 'mid', path: '/tmp/x' }],
  ])('%s refuses %j', (name, input) => {
    expect(() => checkCall(name, input, 'page')).toThrowError(
      expect.objectContaining({ code: 'bad-request' }),
    );
  });

  test('fills in the defaults of the settings', () => {
    expect(checkCall('jobs.arrange', { songId: 'x', settings: {} }, 'page').input).toEqual({
      songId: 'x',
      settings: { model: 'songleaf', level: 'full', melody: 'include', seed: 1 },
    });
  });
});

describe('dispatch', () => {
  test('always answers with a reply, whatever comes in', async () => {
    const libraryDir = path.join(temporaryFolder(), 'library');
    const engine = await openEngineCalls({ libraryDir, device: 'cpu', emit: () => undefined });
    onTestFinished(() => engine.close());
    const name = fc.oneof(
      fc.constantFrom(...pageCallNames.filter((call) => call !== 'engine.info')),
      fc.string(),
    );
    const input = fc.oneof(
      fc.constant({}),
      fc.record({ songId: fc.string() }),
      fc.record({ takeId: fc.string(), format: fc.string() }),
      fc.jsonValue(),
    );
    await fc.assert(
      fc.asyncProperty(name, input, async (call, given) => {
        const reply = await dispatch(engine.calls, call, given);
        if (!reply.ok) expect(reply.error.code).not.toBe('internal');
      }),
    );
  });
});

describe('checkEvent', () => {
  test.each([
    { event: 'job.changed', payload: { id: 1 } },
    { event: 'constructor', payload: {} },
    { event: 'songs.changed', payload: { x: 1 } },
    { event: 'songs.changed' },
    'songs.changed',
    null,
  ])('refuses %j', (message) => {
    expect(checkEvent(message)).toBeNull();
  });

  test('takes what the contract names', () => {
    const message = { event: 'songs.changed', payload: {} };
    expect(checkEvent(message)).toEqual(message);
  });
});
