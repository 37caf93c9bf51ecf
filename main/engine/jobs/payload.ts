import * as z from 'zod';
import { arrangeSettingsSchema } from '../../contract/arrangement.ts';
import { SongleafError } from '../../contract/errors.ts';
import { type JobKind, jobKindSchema } from '../../contract/jobs.ts';
import { separateModeSchema } from '../../contract/separation.ts';

/** What a job works on. `settings` are those of the take to write; null for an analysis alone. */
export const jobPayloadSchema = z.strictObject({
  songId: z.string().regex(/^[0-9a-f]{64}$/),
  settings: arrangeSettingsSchema.nullable(),
  /** `auto` where left out. */
  separate: separateModeSchema.optional(),
  /** A take that stays but for the bars of the last of `settings.rolls`. */
  from: z.string().min(1).max(200).optional(),
});
export type JobPayload = z.infer<typeof jobPayloadSchema>;

const requestSchema = jobPayloadSchema.extend({ kind: jobKindSchema });

/** A wish for a job. */
export type JobRequest = z.infer<typeof requestSchema>;

/** True where the payload has what its kind needs: settings to arrange, none to analyse; bars to write again in a take. */
export function payloadFits(kind: JobKind, payload: JobPayload): boolean {
  if (payload.from !== undefined && !payload.settings?.rolls?.length) return false;
  return (kind === 'arrange') === (payload.settings !== null);
}

/** Checks a wish before it becomes a row. Throws `bad-request`. */
export function parseRequest(request: JobRequest): { kind: JobKind; payload: JobPayload } {
  const parsed = requestSchema.safeParse(request);
  if (parsed.success) {
    const { kind, ...payload } = parsed.data;
    if (payloadFits(kind, payload)) return { kind, payload };
  }
  throw new SongleafError(
    'bad-request',
    `This is no job for the queue (${parsed.success ? 'settings do not go with its kind' : z.prettifyError(parsed.error)}).`,
    'Ask for a job of kind "arrange" with settings, or "analyse" without.',
  );
}
