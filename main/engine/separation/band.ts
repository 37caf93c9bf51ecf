/** What of a recording is separated: its sample rate, and the frames and Fourier bins that the separator is shown. */
export interface Band {
  /** Hz. */
  rate: number;
  /** Samples of a frame, and between frames. */
  frame: number;
  hop: number;
  /** Fourier bins from 0 Hz on, a multiple of 64 as the network halves them six times; nothing passes above. */
  bins: number;
}

/** All that the separator knows, up to 11 kHz (Hennequin et al., Spleeter, JOSS 2020): for stems to listen to. */
export const WHOLE_BAND: Band = { rate: 44_100, frame: 4096, hop: 1024, bins: 1024 };
/**
 * The same frames and bins up to 5.5 kHz, at half the networks' cost: for following the voice's pitch, which needs no more.
 * The network sees no edge of the band but its own padding, higher up or lower down.
 */
export const VOICE_BAND: Band = { rate: 11_025, frame: 1024, hop: 256, bins: 512 };
