/** From the engine's process to a decoder's window. Frames count from the beginning. */
export type DecodeRequest =
  | { type: 'open'; bytes: Uint8Array }
  | { type: 'read'; from: number; frames: number };

/** Back. `samples` holds one array per channel, ±1. */
export type DecodeReply =
  | { type: 'opened'; sampleRate: number; channels: number; frames: number }
  | { type: 'samples'; channels: Float32Array[] }
  | { type: 'failed'; reason: string };
