import * as z from 'zod';
import { type CallName, calls, type EventName, type EventPayload, events } from '../contract/calls.ts';
import { errorReportSchema } from '../contract/errors.ts';

/**
 * What travels between a page, a shell (the app or `serve`) and the engine's process. The calls themselves are in
 * `contract/calls.ts`; this is only their envelope.
 */

/** Bytes of one uploaded file. A two-hour recording as 24-bit WAV fits. */
export const MAX_UPLOAD = 2 * 1024 ** 3;

export const callNames = Object.keys(calls) as CallName[];

const shellCalls = ['songs.import', 'songs.relink', 'songs.findMoved', 'media.file'] as const;

/** Calls a page may make by itself. Files come in and go out through the shell, never as a path from or to a page. */
export type PageCallName = Exclude<CallName, (typeof shellCalls)[number]>;
export const pageCallNames = callNames.filter(
  (name) => !shellCalls.some((own) => own === name),
) as PageCallName[];

export const requestSchema = z.strictObject({
  id: z.int().min(0),
  name: z.string().max(100),
  input: z.unknown(),
});

/** Electron loses the fields of a thrown error between processes, so that a failure is a value here. */
export const replySchema = z.discriminatedUnion('ok', [
  z.strictObject({ ok: z.literal(true), value: z.unknown() }),
  z.strictObject({ ok: z.literal(false), error: errorReportSchema }),
]);
export type Reply = z.infer<typeof replySchema>;

/** `id` is null where the request was too broken to have one. */
export const responseSchema = z.strictObject({ id: z.int().min(0).nullable(), reply: replySchema });
export type Response = z.infer<typeof responseSchema>;

/** What became of picked songs, or null where the person changed their mind. */
export const pickedSongsSchema = calls['songs.import'].output.nullable();

export const eventMessageSchema = z.strictObject({ event: z.string().max(100), payload: z.unknown() });

export interface CheckedEvent<N extends EventName = EventName> {
  event: N;
  payload: EventPayload<N>;
}

/** The event with its payload checked, or null where it is not one of the contract's. */
export function checkEvent(message: unknown): CheckedEvent | null {
  const parsed = eventMessageSchema.safeParse(message);
  if (!parsed.success || !Object.hasOwn(events, parsed.data.event)) return null;
  const event = parsed.data.event as EventName;
  const payload = events[event].safeParse(parsed.data.payload);
  return payload.success ? { event, payload: payload.data } : null;
}
