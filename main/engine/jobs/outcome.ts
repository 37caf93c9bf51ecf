import { toErrorReport } from '../../contract/errors.ts';
import type { JobChange, JobRecord } from './job-record.ts';
import { isTransient, retryDelay } from './retry-policy.ts';
import type { JobEvent } from './transition.ts';

/** How a run ended. `interrupted`: Songleaf asked it to stop because it is closing. */
export interface Outcome {
  error: unknown;
  failed: boolean;
  interrupted: boolean;
}

/** What becomes of a running job after `outcome` at time `now` (milliseconds since 1970). */
export function decideOutcome(
  record: JobRecord,
  outcome: Outcome,
  now: number,
): { event: JobEvent; change: JobChange } {
  // A clock that went back must not make a job end before it began.
  const endedAt = Math.max(now, record.startedAt ?? now);
  if (!outcome.failed) return { event: 'finish', change: { endedAt, error: null } };
  const error = toErrorReport(outcome.error);
  const again = { progress: null, startedAt: null };
  if (outcome.interrupted && (error.code === 'cancelled' || isTransient(error.code))) {
    // Not the job's fault: this start does not count.
    return { event: 'requeue', change: { ...again, attempts: record.attempts - 1, error: null } };
  }
  if (error.code === 'cancelled') return { event: 'cancel', change: { endedAt, error: null } };
  if (isTransient(error.code) && record.attempts < record.maxAttempts) {
    const retryAfter = now + retryDelay(record.id, record.attempts);
    return { event: 'requeue', change: { ...again, retryAfter, error } };
  }
  return { event: 'fail', change: { endedAt, error } };
}
