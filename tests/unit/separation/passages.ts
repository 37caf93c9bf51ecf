import { decodeToStereo, type Stereo } from '../../../main/engine/audio/decode-to-stereo.ts';
import { findWeightsDir } from '../../../main/engine/places.ts';
import { type Band, WHOLE_BAND } from '../../../main/engine/separation/band.ts';
import type { Separated } from '../../../main/engine/separation/separate.ts';
import { type Network, withNetwork } from '../../../main/engine/transcription/network.ts';
import { concat, realSong } from '../audio/helpers.ts';

export const options = { weightsDir: findWeightsDir(), threads: 0 };

/** Samples of the real song from a second on, in stereo. */
export async function readExcerpt(
  from: number,
  samples: number,
  { rate }: Band = WHOLE_BAND,
): Promise<Stereo> {
  const parts: Stereo[] = [];
  const start = from * rate;
  let position = 0;
  for await (const [left, right] of decodeToStereo(realSong, { sampleRate: rate })) {
    const [first, last] = [Math.max(0, start - position), start + samples - position];
    if (last <= 0) break;
    if (first < left.length) parts.push([left.slice(first, last), right.slice(first, last)]);
    position += left.length;
  }
  return [concat(parts.map((part) => part[0])), concat(parts.map((part) => part[1]))];
}

export async function* inStereoBlocks([left, right]: Stereo, size = 65_536): AsyncGenerator<Stereo> {
  for (let i = 0; i < left.length; i += size) yield [left.slice(i, i + size), right.slice(i, i + size)];
}

/** All stretches joined: mix left, mix right, voice left, voice right. */
export async function collect(stretches: AsyncIterable<Separated>): Promise<Float32Array[]> {
  const parts: Separated[] = [];
  for await (const stretch of stretches) parts.push(stretch);
  return [0, 1, 2, 3].map((i) => concat(parts.map(({ mix, vocals }) => (i < 2 ? mix[i]! : vocals[i - 2]!))));
}

export function withSeparator<T>(work: (network: Network) => Promise<T>): Promise<T> {
  return withNetwork('separator', options, work);
}

/** Energy of a signal over that of its difference from another, in dB. */
export function distance(signal: Float32Array, other: Float32Array): number {
  let energy = 0;
  let error = 0;
  signal.forEach((sample, i) => {
    energy += sample ** 2;
    error += (sample - other[i]!) ** 2;
  });
  return 10 * Math.log10(energy / error);
}
