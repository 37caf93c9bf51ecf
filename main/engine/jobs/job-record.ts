import * as z from 'zod';
import { errorReportSchema } from '../../contract/errors.ts';
import {
  type Job,
  jobKindSchema,
  jobStateSchema,
  type Progress,
  progressSchema,
} from '../../contract/jobs.ts';
import { jobPayloadSchema, payloadFits } from './payload.ts';

/** A job as it is stored: what the contract's `Job` shows, and what the queue needs to run it. */
export const jobRecordSchema = z
  .strictObject({
    id: z.string().min(1),
    kind: jobKindSchema,
    payload: jobPayloadSchema,
    state: jobStateSchema,
    /** As of the last change of stage; the queue knows better while the job runs. */
    progress: progressSchema.nullable(),
    /** How often it was started, not counting starts that Songleaf itself broke off. */
    attempts: z.int().min(0),
    maxAttempts: z.int().min(1),
    /** Not before this time, milliseconds since 1970; null for at once. */
    retryAfter: z.number().nullable(),
    createdAt: z.number(),
    startedAt: z.number().nullable(),
    endedAt: z.number().nullable(),
    error: errorReportSchema.nullable(),
  })
  .refine((record) => payloadFits(record.kind, record.payload), { path: ['payload', 'settings'] });
export type JobRecord = z.infer<typeof jobRecordSchema>;

/** The job as the window and the terminal see it. `live` is what the queue knows of a running one. */
export function toJob(record: JobRecord, live?: { progress: Progress | null; eta: number | null }): Job {
  const { id, kind, payload, state, attempts, createdAt, startedAt, endedAt, error } = record;
  const running = state === 'running' && live;
  return {
    id,
    kind,
    songId: payload.songId,
    state,
    progress: running ? live.progress : record.progress,
    eta: running ? live.eta : null,
    attempts,
    createdAt,
    startedAt,
    endedAt,
    error,
  };
}

/** What may change together with the state. */
export type JobChange = Partial<
  Pick<JobRecord, 'progress' | 'attempts' | 'retryAfter' | 'startedAt' | 'endedAt' | 'error'>
>;
