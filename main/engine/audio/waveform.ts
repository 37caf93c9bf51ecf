import { WAVEFORM_HOP } from '../../contract/waveform.ts';

/**
 * Measures what a drawing of a recording shows, stretch by stretch of `WAVEFORM_HOP` samples.
 * @param blocks mono audio at 22,050 Hz
 * @returns of each stretch its peak and its root mean square, × 255, one after the other
 */
export async function measureWaveform(blocks: AsyncIterable<Float32Array>): Promise<Uint8Array> {
  const values: number[] = [];
  let peak = 0;
  let energy = 0;
  let count = 0;
  const close = () => {
    values.push(toByte(peak), toByte(Math.sqrt(energy / count)));
    peak = 0;
    energy = 0;
    count = 0;
  };
  for await (const block of blocks) {
    for (const sample of block) {
      peak = Math.max(peak, Math.abs(sample));
      energy += sample * sample;
      if (++count === WAVEFORM_HOP) close();
    }
  }
  if (count > 0) close();
  return Uint8Array.from(values);
}

function toByte(value: number): number {
  return Math.min(255, Math.round(255 * value));
}
