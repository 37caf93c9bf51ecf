import type { Beat } from './analysis.ts';
import { TICKS_PER_BEAT } from './grid.ts';

/** Seconds of a place on the grid; beyond its ends beats go on as the nearest ones do. */
export function secondsAt(beats: readonly Pick<Beat, 'time'>[], tick: number): number {
  const last = beats.length - 1;
  if (last < 1) return (beats[0]?.time ?? 0) + tick / TICKS_PER_BEAT;
  const beat = Math.max(0, Math.min(last - 1, Math.floor(tick / TICKS_PER_BEAT)));
  const length = beats[beat + 1].time - beats[beat].time;
  return beats[beat].time + length * (tick / TICKS_PER_BEAT - beat);
}

/** The place of a time on the grid, in ticks that need not be whole. */
export function tickAt(beats: readonly Pick<Beat, 'time'>[], seconds: number): number {
  const last = beats.length - 1;
  if (last < 1) return (seconds - (beats[0]?.time ?? 0)) * TICKS_PER_BEAT;
  let low = 0;
  let high = last - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (beats[middle].time <= seconds) low = middle;
    else high = middle - 1;
  }
  return (low + (seconds - beats[low].time) / (beats[low + 1].time - beats[low].time)) * TICKS_PER_BEAT;
}
