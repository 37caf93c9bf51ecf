import * as z from 'zod';
import type { DecodeReply } from '../../../preload/decode-messages.ts';

/**
 * How the engine's process gets sound decoded that only Chromium can decode (AAC). It asks the app for a decoder; the
 * app opens a hidden, sandboxed window and joins the two by a channel of their own, over which the file's bytes go one
 * way and its samples the other. The window never sees a path.
 */

/** From the engine's process to the app. */
export const decoderRequestSchema = z.strictObject({
  type: z.enum(['decoder-wanted', 'decoder-done']),
  id: z.int().min(0),
});
export type DecoderRequest = z.infer<typeof decoderRequestSchema>;

/** From the app to the engine's process; `decoder-lent` comes with the channel. */
export const decoderReplySchema = z.strictObject({
  type: z.enum(['decoder-lent', 'decoder-refused']),
  id: z.int().min(0),
});
export type DecoderReply = z.infer<typeof decoderReplySchema>;

/** True for both of them, so that they are kept apart from the engine's calls. */
export function isDecoderMessage(message: unknown): boolean {
  return decoderRequestSchema.safeParse(message).success || decoderReplySchema.safeParse(message).success;
}

/** From the decoder's window, which a hostile file may have taken over: checked like everything that comes in. */
export const decodeReplySchema = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('opened'),
    sampleRate: z.number().min(1).max(1_000_000),
    channels: z.int().min(1).max(64),
    frames: z.int().min(0),
  }),
  z.strictObject({ type: z.literal('samples'), channels: z.array(z.instanceof(Float32Array)).max(64) }),
  z.strictObject({ type: z.literal('failed'), reason: z.string().max(1000) }),
]) satisfies z.ZodType<DecodeReply>;
