/** Sound from a decoder outside this program's own, known rate and channels first. */
export interface ExternalAudio {
  /** Hz. */
  sampleRate: number;
  channels: number;
  /** One array per channel, ±1, of any length. Stopping early must release everything behind it. */
  chunks(): AsyncIterable<Float32Array[]>;
}

/**
 * Decodes a file that Songleaf's own decoders do not know (AAC in MP4 or ADTS). The terminal uses ffmpeg; the app plugs
 * in its browser engine's decoder here.
 * @throws SongleafError decoder-missing, audio-corrupt, cancelled
 */
export type ExternalDecoder = (path: string, options: { signal?: AbortSignal }) => Promise<ExternalAudio>;
