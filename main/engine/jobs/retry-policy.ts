import { createHash } from 'node:crypto';
import type { ErrorCode } from '../../contract/errors.ts';

/** A job starts at most this often by itself; a second crash is not answered with a third. */
export const MAX_ATTEMPTS = 2;

const BASE_DELAY_MS = 5000;
export const MAX_DELAY_MS = 5 * 60_000;

/** What may go better a little later without anyone doing something about it. All else would fail the same again. */
const transientCodes: ReadonlySet<ErrorCode> = new Set([
  'device-unavailable',
  'library-locked',
  'out-of-memory',
  'internal',
]);

export function isTransient(code: ErrorCode): boolean {
  return transientCodes.has(code);
}

/**
 * Milliseconds to wait after the `attempts`-th attempt (from 1) failed: 5 s doubling to at most 5 min, spread by ±25 %
 * so that jobs that failed together do not come back together. The spread is a hash of the job, not chance.
 */
export function retryDelay(jobId: string, attempts: number): number {
  const spread = createHash('sha256').update(`${jobId}/${attempts}`).digest().readUInt32BE(0) / 0xffff_ffff;
  const delay = BASE_DELAY_MS * 2 ** (Math.max(1, attempts) - 1) * (0.75 + spread / 2);
  return Math.round(Math.min(MAX_DELAY_MS, delay));
}
