import type { Stereo } from '../audio/decode-to-stereo.ts';
import { type NetworkOptions, withNetwork } from '../transcription/network.ts';
import { SEPARATOR_RATE, separate } from './separate.ts';
import { VoiceListener } from './voice-listener.ts';

export interface HearVoiceOptions extends NetworkOptions {
  signal?: AbortSignal;
  expectedSeconds: number;
  /** Told how much is done, 0 to 1. */
  onProgress?: (fraction: number) => void;
}

/**
 * Separates the voice and follows its pitch.
 * @param blocks the song in stereo at `SEPARATOR_RATE`
 * @returns the plane `voice` of the evidence
 */
export async function hearVoice(
  blocks: AsyncIterable<Stereo>,
  options: HearVoiceOptions,
): Promise<{ voiceFrames: number; voice: Uint8Array }> {
  return await withNetwork('separator', options, (separator) =>
    withNetwork('swift-f0', options, async (follower) => {
      const listener = await VoiceListener.open(follower, options.expectedSeconds);
      try {
        let samples = 0;
        for await (const stretch of separate(blocks, separator, options)) {
          await listener.push(stretch);
          samples += stretch.mix[0].length;
          options.onProgress?.(samples / SEPARATOR_RATE / Math.max(options.expectedSeconds, 1));
        }
        return await listener.finish();
      } finally {
        listener.free();
      }
    }),
  );
}
