import { findWeightsDir } from '../../../main/engine/places.ts';
import { type BasicPitch, loadBasicPitch } from '../../../main/engine/transcription/basic-pitch.ts';
import { readWeights } from '../../../main/engine/weights.ts';

let network: Promise<BasicPitch> | null = null;

/** The real network on the CPU, loaded once a test file. */
export function loadNetwork(): Promise<BasicPitch> {
  network ??= readWeights(findWeightsDir(), 'basic-pitch').then((weights) => loadBasicPitch(weights, 'cpu'));
  return network;
}
