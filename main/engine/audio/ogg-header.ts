import type { AudioFile } from './audio-file.ts';
import { ascii, u8, u16le, u32le, u64le } from './bytes.ts';
import { parseStreamInfo } from './flac-header.ts';

export interface OggHeader {
  codec: 'vorbis' | 'opus' | 'flac';
  sampleRate: number;
  channels: number;
  /** Samples at the start that are not part of the recording (Opus). */
  preSkip: number;
  serial: number;
}

/** An Ogg page is at most 27 + 255 + 255 × 255 bytes (RFC 3533 §6). */
const MAX_PAGE = 65_307;
/** Granule position of a page on which no packet ends, −1, as the nearest double to the unsigned number. */
const NO_GRANULE = 2 ** 64;

/** Reads the first page at `start`; null where it is not a Vorbis, Opus or FLAC stream. */
export async function readOggHeader(file: AudioFile, start: number): Promise<OggHeader | null> {
  const page = await file.read(start, 512);
  const body = 27 + u8(page, 26);
  const serial = u32le(page, 14);
  if (ascii(page, body, 7) === '\x01vorbis') {
    return {
      codec: 'vorbis',
      sampleRate: u32le(page, body + 12),
      channels: u8(page, body + 11),
      preSkip: 0,
      serial,
    };
  }
  if (ascii(page, body, 8) === 'OpusHead') {
    // Opus always decodes at 48 kHz; the header's rate only tells what it was encoded from (RFC 7845 §5.1).
    const preSkip = u16le(page, body + 10);
    return { codec: 'opus', sampleRate: 48_000, channels: u8(page, body + 9), preSkip, serial };
  }
  if (ascii(page, body, 5) === '\x7fFLAC') {
    const { sampleRate, channels } = parseStreamInfo(page, body + 17);
    return { codec: 'flac', sampleRate, channels, preSkip: 0, serial };
  }
  return null;
}

/** Length in seconds by the stream's last page; null where none can be found. */
export async function measureOgg(file: AudioFile, header: OggHeader): Promise<number | null> {
  const from = Math.max(0, file.size - 2 * MAX_PAGE);
  const tail = await file.read(from, 2 * MAX_PAGE);
  for (let at = tail.length - 27; at >= 0; at--) {
    if (tail[at] !== 0x4f || ascii(tail, at, 4) !== 'OggS' || u32le(tail, at + 14) !== header.serial)
      continue;
    const granule = u64le(tail, at + 6);
    if (granule < NO_GRANULE) return Math.max(0, granule - header.preSkip) / header.sampleRate;
  }
  return null;
}
