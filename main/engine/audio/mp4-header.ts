import type { AudioFile } from './audio-file.ts';
import { ascii, u8, u32be, u64be } from './bytes.ts';

export interface Mp4Header {
  /** The sound track's sample entry, such as `mp4a`, `alac`, `drms`; null where there is no sound track. */
  codec: string | null;
  isProtected: boolean;
  /** Seconds; null where not stated. */
  duration: number | null;
}

/** More boxes than the few levels read here hold in any real file. */
const MAX_BOXES = 4096;
const CONTAINERS = new Set(['moov', 'trak', 'mdia', 'minf', 'stbl']);
/** Encrypted sample entries: Apple FairPlay, ISO Common Encryption, Audible. */
const PROTECTED_ENTRIES = new Set(['drms', 'drmi', 'enca', 'aavd', 'p608']);
const PROTECTED_BRANDS = new Set(['M4P ', 'aax ', 'aaxc']);

/**
 * Walks the boxes of an MP4 file (ISO/IEC 14496-12) to its first sound track, wherever `moov` lies, without loading
 * the media.
 */
export async function readMp4Header(file: AudioFile, start: number): Promise<Mp4Header> {
  const header: Mp4Header = { codec: null, isProtected: false, duration: null };
  const pending: { from: number; to: number }[] = [{ from: start, to: file.size }];
  let isSound = false;
  for (let boxes = 0; boxes < MAX_BOXES && pending.length > 0; boxes++) {
    const range = pending.at(-1)!;
    if (range.from + 8 > range.to) {
      pending.pop();
      continue;
    }
    const head = await file.read(range.from, 64);
    const { size, body } = boxSize(head, range.to - range.from);
    const type = ascii(head, 4, 4);
    const from = range.from;
    range.from += size;
    if (type === 'ftyp') header.isProtected ||= PROTECTED_BRANDS.has(ascii(head, 8, 4));
    if (type === 'mvhd') header.duration = parseDuration(head, body);
    if (type === 'trak') isSound = false;
    if (type === 'hdlr') isSound = ascii(head, body + 8, 4) === 'soun';
    if (type === 'stsd' && isSound && header.codec === null) {
      header.codec = ascii(head, body + 12, 4);
      header.isProtected ||= PROTECTED_ENTRIES.has(header.codec);
    }
    if (CONTAINERS.has(type)) pending.push({ from: from + body, to: Math.min(from + size, range.to) });
  }
  return header;
}

/** Length of the box and of its own header, in bytes; `available` is what its parent has left. */
function boxSize(head: Uint8Array, available: number): { size: number; body: number } {
  const short = u32be(head, 0);
  const body = short === 1 ? 16 : 8;
  // 0 = to the end; 1 = a 64-bit length follows.
  const size = short === 0 ? available : short === 1 ? u64be(head, 8) : short;
  // A box cannot be shorter than its header; a liar ends the walk of its parent.
  return { size: size < body ? available : size, body };
}

function parseDuration(head: Uint8Array, body: number): number | null {
  const long = u8(head, body) === 1;
  const scale = u32be(head, body + (long ? 20 : 12));
  const units = long ? u64be(head, body + 24) : u32be(head, body + 16);
  // All ones = unknown.
  if (scale === 0 || units === 0 || units >= 0xffff_ffff) return null;
  return units / scale;
}

/** The codec's everyday name. */
export function mp4CodecName(codec: string): string {
  if (codec === 'alac') return 'ALAC';
  return codec === 'mp4a' ? 'AAC' : codec;
}
