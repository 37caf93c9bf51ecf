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

/** Speakers of each channel in WAV's order by their number: left, right, both (centre), neither (LFE). */
const SPEAKERS: Record<number, string> = {
  3: 'LRB',
  4: 'LRLR',
  5: 'LRBLR',
  6: 'LRB-LR',
  7: 'LRB-BLR',
  8: 'LRB-LRLR',
};

/**
 * Mixes the channels of one chunk to two. A single channel is handed through as both; surround is mixed by ITU-R
 * BS.775-3, scaled so that a full-scale chunk stays within ±1; channels without a known layout are averaged into both.
 * The mean of the two is what `mixToMono` gives.
 */
export function mixToStereo(channels: readonly Float32Array[]): [Float32Array, Float32Array] {
  const [first, second] = channels;
  if (channels.length === 2) return [first!, second!];
  const speakers = SPEAKERS[channels.length];
  const weights = SURROUND_WEIGHTS[channels.length];
  if (!speakers || !weights) {
    const mono = mixToMono(channels);
    return [mono, mono];
  }
  const sum = weights.reduce((total, weight) => total + weight, 0);
  const mixes: [Float32Array, Float32Array] = [
    new Float32Array(first!.length),
    new Float32Array(first!.length),
  ];
  for (const [channel, samples] of channels.entries()) {
    for (const [side, mix] of mixes.entries()) {
      const place = speakers[channel];
      if (place !== 'B' && place !== 'LR'[side]) continue;
      // A channel in one speaker only is there at twice its share of the mono mix.
      const weight = ((place === 'B' ? 1 : 2) * weights[channel]!) / sum;
      for (let i = 0; i < mix.length; i++) mix[i] = mix[i]! + samples[i]! * weight;
    }
  }
  return mixes;
}
