import type { DecodeSummary } from './decode-to-mono.ts';
import { mixToStereo } from './downmix.ts';
import { type OpenOptions, openAudio } from './open-audio.ts';
import { openResampler } from './resample.ts';

/** Two channels of the same length. A recording of one channel has the same array twice. */
export type Stereo = readonly [left: Float32Array, right: Float32Array];

export interface StereoOptions extends OpenOptions {
  /** Hz. */
  sampleRate: number;
  /** Called once, after the last block. */
  onEnd?: (summary: DecodeSummary) => void;
}

/**
 * Decodes a recording to two channels at one sample rate, in blocks of any length, with bounded memory. Sample i lies at
 * i / `sampleRate` seconds of the recording.
 * @throws SongleafError what `openAudio` and its `chunks` throw
 */
export async function* decodeToStereo(path: string, options: StereoOptions): AsyncGenerator<Stereo> {
  const source = await openAudio(path, options);
  const left = openResampler(source.sampleRate, options.sampleRate);
  const right = openResampler(source.sampleRate, options.sampleRate);
  let inputSamples = 0;
  let samples = 0;
  let single: boolean | null = null;
  for await (const chunk of source.chunks()) {
    const [first, second] = mixToStereo(chunk);
    // Decided once: a converter has to see everything or nothing.
    single ??= first === second;
    inputSamples += first.length;
    const output = left.process(first);
    samples += output.length;
    yield [output, single ? output : right.process(second)];
  }
  const output = left.finish();
  samples += output.length;
  yield [output, single ? output : right.finish()];
  options.onEnd?.({
    samples,
    inputSamples,
    inputRate: source.sampleRate,
    duration: inputSamples / source.sampleRate,
    notes: source.notes,
  });
}
