import type { DecodeReply, DecodeRequest } from './decode-messages.ts';

/** Hz. What Chromium resamples to; nearly all AAC has it already. */
const SAMPLE_RATE = 44_100;

/** Decodes the files that come over a channel, and answers with their samples as they are asked for. */
export function decodeAudio(port: MessagePort): void {
  let audio: AudioBuffer | null = null;

  async function answer(request: DecodeRequest): Promise<DecodeReply> {
    if (request.type === 'open') {
      const context = new OfflineAudioContext(1, 1, SAMPLE_RATE);
      audio = await context.decodeAudioData(request.bytes.slice().buffer);
      return {
        type: 'opened',
        sampleRate: audio.sampleRate,
        channels: audio.numberOfChannels,
        frames: audio.length,
      };
    }
    if (audio === null) throw new Error('Nothing is open.');
    const { from, frames } = request;
    const samples: Float32Array[] = [];
    for (let channel = 0; channel < audio.numberOfChannels; channel++) {
      samples.push(audio.getChannelData(channel).slice(from, from + frames));
    }
    return { type: 'samples', channels: samples };
  }

  port.onmessage = async ({ data }: MessageEvent<DecodeRequest>) => {
    try {
      port.postMessage(await answer(data));
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      port.postMessage({ type: 'failed', reason: reason.slice(0, 1000) } satisfies DecodeReply);
    }
  };
}
