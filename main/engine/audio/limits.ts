/** Longest recording accepted, in seconds. */
export const MAX_SECONDS = 4 * 3600;

/** Anything shorter holds no music to arrange, in seconds. */
export const MIN_SECONDS = 0.2;

/** Most channels a file may claim. */
export const MAX_CHANNELS = 32;

/** Rates above 192 kHz that studios do use. */
const STUDIO_RATES = [352_800, 384_000, 705_600, 768_000];

/**
 * Samples beyond this level (80 dB over full scale) are not sound but damage, and would overflow later arithmetic.
 */
export const MAX_LEVEL = 10_000;

/** Whether a sample rate in Hz can be meant seriously. */
export function isPlausibleRate(rate: number): boolean {
  return Number.isInteger(rate) && ((rate >= 2000 && rate <= 192_000) || STUDIO_RATES.includes(rate));
}
