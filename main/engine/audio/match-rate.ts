/**
 * Stretches a chunk that came at another sample rate to the expected one, by straight lines between its samples. Chained
 * radio recordings and damaged mp3 frames change their rate halfway; this keeps the time axis true.
 */
export function matchRate(chunk: readonly Float32Array[], from: number, to: number): Float32Array[] {
  const length = Math.round(((chunk[0]?.length ?? 0) * to) / from);
  return chunk.map((samples) => {
    const out = new Float32Array(length);
    for (let i = 0; i < length; i++) {
      const at = (i * from) / to;
      const left = Math.min(Math.floor(at), samples.length - 1);
      const right = Math.min(left + 1, samples.length - 1);
      out[i] = samples[left]! + (samples[right]! - samples[left]!) * (at - left);
    }
    return out;
  });
}
