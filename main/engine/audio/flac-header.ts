import type { AudioFile } from './audio-file.ts';
import { ascii, u8, u32be } from './bytes.ts';

export interface FlacHeader {
  sampleRate: number;
  channels: number;
  /** Samples per channel; 0 = not stated. */
  totalSamples: number;
  /** Where the frames begin, or where to start looking for them. */
  offset: number;
}

/** Room for more metadata blocks than any tagger writes. */
const MAX_BLOCKS = 1000;

/** Reads the 34 bytes of a STREAMINFO block (RFC 9639 §8.2). */
export function parseStreamInfo(bytes: Uint8Array, at: number): Omit<FlacHeader, 'offset'> {
  const packed = u32be(bytes, at + 10);
  return {
    sampleRate: Math.floor(packed / 4096),
    channels: ((packed >>> 9) & 7) + 1,
    totalSamples: (u8(bytes, at + 13) & 15) * 4_294_967_296 + u32be(bytes, at + 14),
  };
}

/**
 * Reads the header of a FLAC file that starts at `start`, stepping over tags and pictures of any size without loading
 * them. Null where STREAMINFO does not come first (RFC 9639 §8.1 demands it).
 */
export async function readFlacHeader(file: AudioFile, start: number): Promise<FlacHeader | null> {
  const head = await file.read(start, 42);
  if (head.length < 42 || ascii(head, 0, 4) !== 'fLaC' || (u8(head, 4) & 0x7f) !== 0) return null;
  const info = parseStreamInfo(head, 8);
  const afterInfo = start + 42;
  let last = u8(head, 4) >= 0x80;
  let offset = afterInfo;
  for (let blocks = 0; !last; blocks++) {
    const block = await file.read(offset, 4);
    const length = u32be(block, 0) % 16_777_216;
    // Damaged tags must not cost a sound recording: the decoder finds the first frame behind them by itself.
    if (blocks > MAX_BLOCKS || offset + 4 + length >= file.size) return { ...info, offset: afterInfo };
    last = u8(block, 0) >= 0x80;
    offset += 4 + length;
  }
  const sync = await file.read(offset, 2);
  const isFrame = u8(sync, 0) === 0xff && (u8(sync, 1) & 0xfe) === 0xf8;
  return { ...info, offset: isFrame ? offset : afterInfo };
}
