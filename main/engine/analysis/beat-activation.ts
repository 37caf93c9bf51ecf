import { BEAT_HOP, BEAT_VALUES, type Evidence, HOP } from '../transcription/evidence.ts';
import type { Pulse } from './pulse.ts';

/** BeatNet's networks that tell a bar's first beat: the first does so on fewer real songs (`models/README.md`). */
const DOWNBEAT_NETWORKS = [1, 2];
const NETWORKS = BEAT_VALUES / 2;

/** Means of BeatNet's networks, laid on the evidence's own frames by linear interpolation. */
export function readBeatActivation(evidence: Evidence): Pulse {
  const { frames, beatFrames, beats } = evidence;
  const any = new Float32Array(beatFrames);
  const first = new Float32Array(beatFrames);
  for (let t = 0; t < beatFrames; t++) {
    for (let n = 0; n < NETWORKS; n++) {
      const down = beats[t * BEAT_VALUES + 2 * n + 1];
      any[t] += (beats[t * BEAT_VALUES + 2 * n] + down) / (255 * NETWORKS);
      if (DOWNBEAT_NETWORKS.includes(n)) first[t] += down / (255 * DOWNBEAT_NETWORKS.length);
    }
  }
  return { beat: resample(any, frames), downbeat: resample(first, frames) };
}

function resample(values: Float32Array, frames: number): Float32Array {
  const out = new Float32Array(frames);
  for (let t = 0; t < frames; t++) {
    const at = (t * HOP) / BEAT_HOP;
    const left = Math.floor(at);
    const way = at - left;
    out[t] = (values[left] ?? 0) * (1 - way) + (values[left + 1] ?? 0) * way;
  }
  return out;
}
