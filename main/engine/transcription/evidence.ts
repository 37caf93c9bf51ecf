/**
 * What the recording shows, frame by frame, on one true time axis: frame `i` is centred on `i × HOP / SAMPLE_RATE`
 * seconds. Everything is quantised to 8 bits at once, so that nothing after it depends on the device it ran on.
 */
export const SAMPLE_RATE = 22_050;
/** Samples between frames: Basic Pitch's own hop (Bittner et al., ICASSP 2022), 86.13 frames a second. */
export const HOP = 256;
export const FRAME_RATE = SAMPLE_RATE / HOP;
/** Piano keys, A0 = 0. */
export const KEYS = 88;
export const LOWEST_PITCH = 21;
/** Contour bins: three a semitone, the middle one of each on the semitone, from A0. */
export const CONTOUR_BINS = 264;
export const BINS_PER_SEMITONE = 3;
/** Bands of the spectral flux, low to high; see `flux.ts`. */
export const FLUX_BANDS = 8;

export interface Evidence {
  frames: number;
  /** `frames × 88`, probability × 255 that a note begins. */
  onset: Uint8Array;
  /** `frames × 88`, probability × 255 that a note sounds. */
  note: Uint8Array;
  /** `frames × 264`, salience × 255 of pitch at a third of a semitone. */
  contour: Uint8Array;
  /** `frames × FLUX_BANDS`, half-wave rectified log-magnitude flux, 0-255 (saturating). */
  flux: Uint8Array;
  /** `frames`, loudness: 0 = −96 dB or less, 255 = 0 dBFS. */
  loudness: Uint8Array;
}

export function frameToSeconds(frame: number): number {
  return (frame * HOP) / SAMPLE_RATE;
}
