import * as z from 'zod';
import { errorReportSchema } from './errors.ts';

/** Named stages of the work on one song, in order. */
export const stages = ['read', 'listen', 'beats', 'chords', 'melody', 'arrange', 'engrave', 'write'] as const;
export const stageSchema = z.enum(stages);
export type Stage = z.infer<typeof stageSchema>;

/** Progress of one piece of work. `fraction` never falls, 0 to 1 over the whole work; `stageFraction` within the stage. */
export const progressSchema = z.strictObject({
  stage: stageSchema,
  stageFraction: z.number().min(0).max(1),
  fraction: z.number().min(0).max(1),
});
export type Progress = z.infer<typeof progressSchema>;

export const jobStates = ['queued', 'running', 'done', 'failed', 'cancelled'] as const;
export const jobStateSchema = z.enum(jobStates);
export type JobState = z.infer<typeof jobStateSchema>;

export const jobKindSchema = z.enum(['analyse', 'arrange']);
export type JobKind = z.infer<typeof jobKindSchema>;

/** A job as the window and the terminal see it. Times are milliseconds since 1970. */
export const jobSchema = z.strictObject({
  id: z.string(),
  kind: jobKindSchema,
  songId: z.string(),
  state: jobStateSchema,
  progress: progressSchema.nullable(),
  /** Estimated seconds left while running, null where unknown. */
  eta: z.number().min(0).nullable(),
  attempts: z.int().min(0),
  createdAt: z.number(),
  startedAt: z.number().nullable(),
  endedAt: z.number().nullable(),
  error: errorReportSchema.nullable(),
});
export type Job = z.infer<typeof jobSchema>;
