import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ErrorCode, errorCodes, SongleafError } from '../../../main/contract/errors.ts';
import type { JobRecord } from '../../../main/engine/jobs/job-record.ts';
import { decideOutcome } from '../../../main/engine/jobs/outcome.ts';
import { isTransient, MAX_DELAY_MS, retryDelay } from '../../../main/engine/jobs/retry-policy.ts';
import { DAY_ONE, makeSong } from '../library/fixtures.ts';

const record: JobRecord = {
  id: 'a',
  kind: 'analyse',
  payload: { songId: makeSong(1).hash, settings: null },
  state: 'running',
  progress: null,
  attempts: 1,
  maxAttempts: 2,
  retryAfter: null,
  createdAt: DAY_ONE,
  startedAt: DAY_ONE + 10,
  endedAt: null,
  error: null,
};

const failure = (code: ErrorCode, interrupted = false) => ({
  failed: true,
  error: new SongleafError(code, 'message', 'hint'),
  interrupted,
});

describe('decideOutcome', () => {
  it('ends a job that resolved, even while closing', () => {
    for (const interrupted of [false, true]) {
      const outcome = { failed: false, error: null, interrupted };
      expect(decideOutcome(record, outcome, DAY_ONE + 50)).toEqual({
        event: 'finish',
        change: { endedAt: DAY_ONE + 50, error: null },
      });
    }
  });

  it('lets bad input fail at once and gives passing trouble another attempt', () => {
    for (const code of errorCodes) {
      const { event } = decideOutcome(record, failure(code), DAY_ONE + 50);
      expect([code, event]).toEqual([
        code,
        code === 'cancelled' ? 'cancel' : isTransient(code) ? 'requeue' : 'fail',
      ]);
    }
    const hopeless = errorCodes.filter((code) => /^(audio|file|analysis|model|song)-/.test(code));
    expect(hopeless.filter(isTransient)).toEqual([]);
    expect(isTransient('out-of-memory')).toBe(true);
  });

  it('waits before another attempt and keeps the reason in sight', () => {
    const { change } = decideOutcome(record, failure('out-of-memory'), DAY_ONE + 50);
    expect(change.retryAfter).toBe(DAY_ONE + 50 + retryDelay('a', 1));
    expect(change.error?.code).toBe('out-of-memory');
    expect(change.startedAt).toBeNull();
  });

  it('gives up when the attempts are used up', () => {
    const { event, change } = decideOutcome(
      { ...record, attempts: 2 },
      failure('out-of-memory'),
      DAY_ONE + 50,
    );
    expect(event).toBe('fail');
    expect(change).toEqual({ endedAt: DAY_ONE + 50, error: failure('out-of-memory').error.report() });
  });

  it('does not count an attempt that closing broke off', () => {
    for (const error of [new SongleafError('cancelled', '', ''), new DOMException('stop', 'AbortError')]) {
      const { event, change } = decideOutcome(record, { failed: true, error, interrupted: true }, DAY_ONE);
      expect(event).toBe('requeue');
      expect(change).toMatchObject({ attempts: 0, error: null, startedAt: null });
    }
    expect(decideOutcome(record, failure('audio-corrupt', true), DAY_ONE).event).toBe('fail');
  });

  it('never ends a job before it began', () => {
    expect(decideOutcome(record, failure('audio-corrupt'), DAY_ONE - 1e6).change.endedAt).toBe(DAY_ONE + 10);
  });
});

describe('retryDelay', () => {
  it('doubles from 5 s to 5 min, give or take a quarter, the same each time', () => {
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: 1, max: 30 }), (id, attempts) => {
        const delay = retryDelay(id, attempts);
        const middle = 5000 * 2 ** (attempts - 1);
        expect(delay).toBeGreaterThanOrEqual(Math.floor(Math.min(MAX_DELAY_MS, middle * 0.75)));
        expect(delay).toBeLessThanOrEqual(Math.ceil(Math.min(MAX_DELAY_MS, middle * 1.25)));
        expect(retryDelay(id, attempts)).toBe(delay);
      }),
      { seed: 1 },
    );
    expect(retryDelay('a', 1)).not.toBe(retryDelay('b', 1));
  });
});
