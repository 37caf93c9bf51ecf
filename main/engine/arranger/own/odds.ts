import type { Written } from './song-writer.ts';

/** Probability that neither piano nor bridge begins a note in a cell. */
export function neither({ bridge, piano }: Pick<Written, 'bridge' | 'piano'>, cell: number): number {
  return (1 - bridge[cell] / 255) * (1 - piano[cell] / 255);
}

/** Probability that piano or bridge begins a note in a cell. */
export function either(written: Pick<Written, 'bridge' | 'piano'>, cell: number): number {
  return 1 - neither(written, cell);
}

/** Log-odds of a probability, which counts as never quite 0 or 1. */
export function logit(probability: number): number {
  const inside = Math.min(0.999, Math.max(0.001, probability));
  return Math.log(inside / (1 - inside));
}
