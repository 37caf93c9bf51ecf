import { SongleafError } from '../../contract/errors.ts';
import type { JobState } from '../../contract/jobs.ts';

/**
 * What can happen to a job. `requeue` sends a running job back to wait (restart, quitting, another attempt later);
 * `retry` is a person's wish.
 */
export const jobEvents = ['start', 'finish', 'fail', 'cancel', 'requeue', 'retry'] as const;
export type JobEvent = (typeof jobEvents)[number];

const moves: Record<JobState, Partial<Record<JobEvent, JobState>>> = {
  queued: { start: 'running', cancel: 'cancelled' },
  running: { finish: 'done', fail: 'failed', cancel: 'cancelled', requeue: 'queued' },
  done: {},
  failed: { retry: 'queued' },
  cancelled: { retry: 'queued' },
};

const hints: Record<JobEvent, string> = {
  start: 'Only waiting jobs can start.',
  finish: 'Only running jobs can finish.',
  fail: 'Only running jobs can fail.',
  cancel: 'Only waiting and running jobs can be cancelled.',
  requeue: 'Only running jobs can go back to waiting.',
  retry: 'Only failed and cancelled jobs can be tried again. Ask for a new take instead.',
};

/** The state after `event`; the one place that knows. Throws `job-state` for a move that is not allowed. */
export function transition(state: JobState, event: JobEvent): JobState {
  const next = moves[state][event];
  if (!next) throw new SongleafError('job-state', `A job that is ${state} cannot ${event}.`, hints[event]);
  return next;
}

/** True for states a job stays in until someone retries it. */
export function isEnded(state: JobState): boolean {
  return state === 'done' || state === 'failed' || state === 'cancelled';
}
