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
/** Loudness (0-255) up to which nothing is heard: −60 dB. */
export const SILENCE = 96;
/** Samples between BeatNet's frames (Heydari, Cwitkowitz & Duan, ISMIR 2021): 50 frames a second. */
export const BEAT_HOP = 441;
/** Values a beat frame: of each of BeatNet's three networks, a beat that is no downbeat, then a downbeat. */
export const BEAT_VALUES = 6;
/** Samples between the chord network's frames (Jiang et al., ISMIR 2019): 43.07 frames a second. */
export const CHORD_HOP = 512;
/**
 * Classes of the chord network's six heads, in order. Triad: 0 none, 1 + 12 q + root with q of maj, min, sus4, sus2, dim,
 * aug; bass: 0 none, 1 + pitch class; seventh: none, major, minor, diminished; ninth: none, 9, #9, b9; eleventh: none,
 * 11, #11; thirteenth: none, 13, b13.
 */
export const CHORD_HEADS = [73, 13, 4, 4, 3, 3] as const;
export const CHORD_VALUES = 100;
/** Steps of a chord value: it is −ln(probability) in sixteenths, 255 for anything below e^−15.9. */
export const CHORD_STEPS = 16;
/** Seconds between frames of the sung line: SwiftF0's hop of 256 samples at 16,000 Hz. */
export const VOICE_HOP_SECONDS = 256 / 16_000;
/** Values a voice frame: pitch, confidence, share of the voice in the mix. */
export const VOICE_VALUES = 3;
/** MIDI pitch of voice pitch 1, and steps a semitone: pitch p > 0 is MIDI 36 + (p - 1) / 4; 0: no pitch. */
export const VOICE_LOWEST_PITCH = 36;
export const VOICE_STEPS = 4;

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
  /** 50 a second; frame `t` is centred on sample `441 t`. */
  beatFrames: number;
  /** `beatFrames × BEAT_VALUES`, probability × 255. */
  beats: Uint8Array;
  /** 43.07 a second; frame `t` is centred on sample `512 t`. */
  chordFrames: number;
  /** `chordFrames × CHORD_VALUES`, −ln(probability) × 16 within each head of `CHORD_HEADS`. */
  chords: Uint8Array;
  /** 62.5 a second; frame `t` is centred on 16 t ms. 0 where voice and accompaniment were not separated. */
  voiceFrames: number;
  /**
   * `voiceFrames × VOICE_VALUES` of the separated voice: quarter semitones (`VOICE_LOWEST_PITCH`), confidence of the pitch
   * × 255, energy of the voice over the energy of voice and accompaniment × 255.
   */
  voice: Uint8Array;
}

export function frameToSeconds(frame: number): number {
  return (frame * HOP) / SAMPLE_RATE;
}
