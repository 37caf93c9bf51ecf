import { findWeightsDir } from '../../../main/engine/places.ts';
import { BeatListener } from '../../../main/engine/transcription/beat-listener.ts';
import { listenForChords } from '../../../main/engine/transcription/chord-listener.ts';
import { type Evidence, SAMPLE_RATE } from '../../../main/engine/transcription/evidence.ts';
import { withNetwork } from '../../../main/engine/transcription/network.ts';
import { transcribe } from '../../../main/engine/transcription/transcribe.ts';
import { loadNetwork } from './network.ts';
import { inBlocks } from './synth.ts';

/** Hears audio (mono, 22,050 Hz) with every network, as the engine does a file. */
export async function hearAudio(audio: Float32Array): Promise<Evidence> {
  const options = { weightsDir: findWeightsDir(), threads: 1 };
  const notes = await transcribe(inBlocks(audio), await loadNetwork());
  const beats = await withNetwork('beatnet', options, async (network) => {
    const listener = new BeatListener(network, audio.length / SAMPLE_RATE);
    for await (const block of inBlocks(audio)) await listener.push(block);
    return await listener.finish();
  });
  return { ...notes, ...beats, ...(await listenForChords(() => inBlocks(audio), options)) };
}
