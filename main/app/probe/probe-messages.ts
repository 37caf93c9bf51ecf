import * as z from 'zod';
import { devices, probeAnswerSchema } from '../../engine/transcription/devices.ts';

/**
 * How the engine's process has a device tried: Node's own child processes are fused off in the packaged app, so it asks
 * the app, which starts a utility process for it.
 */

/** From the engine's process to the app. */
export const probeRequestSchema = z.strictObject({
  type: z.literal('probe-wanted'),
  id: z.int().min(0),
  device: z.enum(devices),
  weightsDir: z.string().min(1),
});
export type ProbeRequest = z.infer<typeof probeRequestSchema>;

/** From the app to the engine's process. */
export const probeReplySchema = z.strictObject({
  type: z.literal('probe-done'),
  id: z.int().min(0),
  answer: probeAnswerSchema,
});
export type ProbeReply = z.infer<typeof probeReplySchema>;
