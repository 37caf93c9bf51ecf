/** One decoding under way, written by the decoder and read by whoever shows its progress. */
export interface DecodeState {
  /** Share of the file decoded so far, 0 to 1, never falling. */
  fraction: number;
  /** Why decoding stopped before the end of the file; null while all is well. */
  damage: string | null;
}

/** Sound as it comes out of a decoder: one array per channel, possibly empty, full scale = ±1. */
export interface Decoded {
  channelData: readonly Float32Array[];
  /** Hz. */
  sampleRate: number;
}
