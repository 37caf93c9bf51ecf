import { WAVEFORM_RATE } from '../../../main/contract/waveform.ts';
import type { Palette } from './palette.ts';
import type { Row } from './timeline-lanes.ts';

/**
 * Draws how loud the recording is, one column a pixel: its peak, and darker its body.
 * @param wave pairs of bytes, see `songs.waveform`
 * @param view seconds at the left edge and pixels a second
 */
export function drawWave(
  context: CanvasRenderingContext2D,
  wave: Uint8Array,
  row: Row,
  view: { from: number; scale: number },
  width: number,
  palette: Palette,
): void {
  const middle = row.top + row.height / 2;
  const reach = row.height / 2 - 3;
  const count = wave.length / 2;
  // A soft recording fills the row as a loud one does.
  const loudest = Math.max(1, findPeak(wave));
  for (const [plane, colour] of [
    [0, palette.wave],
    [1, palette.waveBody],
  ] as const) {
    context.fillStyle = colour;
    context.beginPath();
    for (let x = 0; x < width; x++) {
      const first = Math.max(0, Math.floor((view.from + x / view.scale) * WAVEFORM_RATE));
      const last = Math.max(first + 1, Math.floor((view.from + (x + 1) / view.scale) * WAVEFORM_RATE));
      let top = 0;
      for (let i = first; i < last && i < count; i++) top = Math.max(top, wave[2 * i + plane]);
      if (top === 0) continue;
      const y = Math.max(0.5, (top / loudest) * reach);
      context.rect(x, middle - y, 1, 2 * y);
    }
    context.fill();
  }
}

const peaks = new WeakMap<Uint8Array, number>();

function findPeak(wave: Uint8Array): number {
  const known = peaks.get(wave);
  if (known !== undefined) return known;
  const peak = wave.reduce((top, value) => Math.max(top, value), 0);
  peaks.set(wave, peak);
  return peak;
}
