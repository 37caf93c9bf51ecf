import type { Stereo } from '../audio/decode-to-stereo.ts';
import { VOICE_HOP_SECONDS, VOICE_VALUES } from '../transcription/evidence.ts';
import { type Network, type NetworkOptions, withNetwork } from '../transcription/network.ts';
import { VOICE_BAND } from './band.ts';
import { type Separated, separate } from './separate.ts';
import { sightVoice } from './sight-voice.ts';
import { VoiceListener } from './voice-listener.ts';

export interface HearVoiceOptions extends NetworkOptions {
  signal?: AbortSignal;
  expectedSeconds: number;
  /** Told how much is done, 0 to 1. */
  onProgress?: (fraction: number) => void;
}

/** The plane `voice` of the evidence. */
export interface VoicePlane {
  voiceFrames: number;
  voice: Uint8Array;
}

/**
 * Separates the voice and follows its pitch.
 * @param read gives the song in stereo at the rate of `VOICE_BAND` from its start
 * @param always whether to do so also where no voice is in sight; if not, the plane is then all zeros
 */
export async function hearVoice(
  read: () => AsyncIterable<Stereo>,
  always: boolean,
  options: HearVoiceOptions,
): Promise<VoicePlane> {
  const { signal, expectedSeconds } = options;
  return await withNetwork('separator', options, (separator) =>
    withNetwork('swift-f0', options, async (follower) => {
      const follow = (blocks: AsyncIterable<Stereo>, seconds: number) =>
        followVoice(separate(blocks, separator, { ...options, band: VOICE_BAND }), follower, {
          ...options,
          expectedSeconds: seconds,
        });
      if (!always && !(await sightVoice(read, expectedSeconds, follow, signal))) {
        const voiceFrames = Math.max(1, Math.floor(expectedSeconds / VOICE_HOP_SECONDS));
        return { voiceFrames, voice: new Uint8Array(voiceFrames * VOICE_VALUES) };
      }
      return await follow(read(), expectedSeconds);
    }),
  );
}

/** Follows the pitch of a voice that has been separated already. Options like `hearVoice`'s. */
export async function hearGivenVoice(
  stretches: AsyncIterable<Separated>,
  options: HearVoiceOptions,
): Promise<VoicePlane> {
  return await withNetwork('swift-f0', options, (follower) => followVoice(stretches, follower, options));
}

async function followVoice(
  stretches: AsyncIterable<Separated>,
  follower: Network,
  options: HearVoiceOptions,
): Promise<VoicePlane> {
  const listener = new VoiceListener(follower, options.expectedSeconds);
  let samples = 0;
  for await (const stretch of stretches) {
    options.signal?.throwIfAborted();
    await listener.push(stretch);
    samples += stretch.mix[0].length;
    options.onProgress?.(samples / VOICE_BAND.rate / Math.max(options.expectedSeconds, 1));
  }
  return await listener.finish();
}
