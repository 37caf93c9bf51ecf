/** Share of a side, rear or front centre channel in each of two speakers: −3 dB (ITU-R BS.775-3 table 2). */
const MINUS_3_DB = Math.SQRT1_2;
/** A front channel is in one of the two speakers, a centre in both, a surround in one. */
const FRONT = 0.5;
const CENTRE = MINUS_3_DB;
const SURROUND = MINUS_3_DB / 2;
/** The low-frequency effects channel is no part of a downmix. */
const LFE = 0;

/** Weights of the channels in WAV's order (left, right, centre, LFE, back, side) by their number. */
const SURROUND_WEIGHTS: Record<number, number[]> = {
  3: [FRONT, FRONT, CENTRE],
  4: [FRONT, FRONT, SURROUND, SURROUND],
  5: [FRONT, FRONT, CENTRE, SURROUND, SURROUND],
  6: [FRONT, FRONT, CENTRE, LFE, SURROUND, SURROUND],
  7: [FRONT, FRONT, CENTRE, LFE, SURROUND, SURROUND, SURROUND],
  8: [FRONT, FRONT, CENTRE, LFE, SURROUND, SURROUND, SURROUND, SURROUND],
};

/**
 * Mixes the channels of one chunk to one. Stereo, and anything without a known speaker layout, is averaged; surround is
 * mixed to stereo by ITU-R BS.775-3 first. The weights sum to one, so that a full-scale chunk stays within ±1. A single
 * channel is handed through, not copied.
 */
export function mixToMono(channels: readonly Float32Array[]): Float32Array {
  const [first] = channels;
  if (!first) return new Float32Array(0);
  if (channels.length === 1) return first;
  const weights = SURROUND_WEIGHTS[channels.length] ?? channels.map(() => 1);
  const sum = weights.reduce((total, weight) => total + weight, 0);
  const mono = new Float32Array(first.length);
  for (const [channel, samples] of channels.entries()) {
    const weight = weights[channel]! / sum;
    if (weight === 0) continue;
    for (let i = 0; i < mono.length; i++) mono[i] = mono[i]! + samples[i]! * weight;
  }
  return mono;
}
