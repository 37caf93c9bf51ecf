import { corrupt, unsupported } from './audio-errors.ts';
import type { AudioFile } from './audio-file.ts';
import { ascii, u16le, u32le, u64le } from './bytes.ts';
import type { PcmLayout, SampleFormat } from './pcm.ts';

/** More chunks than any program writes. */
const MAX_CHUNKS = 4096;
/** A size that recorders write before they know it, or that means “see ds64”. */
const UNKNOWN_SIZE = 0xffff_ffff;

/**
 * Reads the chunks of a RIFF/WAVE, RF64 or BW64 file (Microsoft RIFF; EBU Tech 3306) up to the samples.
 * @throws SongleafError audio-corrupt (no samples or no format), audio-unsupported (compressed wav)
 */
export async function readWavHeader(file: AudioFile, start: number): Promise<PcmLayout> {
  let format: SampleFormat | null = null;
  let longSize: number | null = null;
  let position = start + 12;
  for (let chunks = 0; chunks < MAX_CHUNKS && position + 8 <= file.size; chunks++) {
    const head = await file.read(position, 48);
    const name = ascii(head, 0, 4);
    const size = u32le(head, 4);
    if (name === 'ds64') longSize = u64le(head, 16);
    if (name === 'fmt ') format = parseFormat(file.path, head);
    if (name === 'data') {
      if (!format) throw corrupt(file.path, 'does not say what format its samples have');
      const rest = file.size - position - 8;
      const stated = size === UNKNOWN_SIZE || size === 0 ? (longSize ?? rest) : size;
      return { ...format, offset: position + 8, length: Math.min(stated, rest), statedLength: stated };
    }
    // Chunks are padded to even lengths.
    position += 8 + size + (size % 2);
  }
  throw corrupt(file.path, 'is a wav file without samples');
}

/** `head` is a `fmt ` chunk with its eight bytes of name and size. */
function parseFormat(path: string, head: Uint8Array): SampleFormat {
  const channels = u16le(head, 10);
  const sampleRate = u32le(head, 12);
  const blockAlign = u16le(head, 20);
  // WAVE_FORMAT_EXTENSIBLE: the first two bytes of the sub-format's GUID are the real tag.
  const tag = u16le(head, 8) === 0xfffe ? u16le(head, 32) : u16le(head, 8);
  // Odd bit depths lie left-justified in whole bytes, so only the width counts.
  const width = blockAlign / channels;
  const layout = { width, channels, sampleRate, littleEndian: true };
  if (tag === 1 && [1, 2, 3, 4].includes(width)) {
    return { ...layout, encoding: width === 1 ? 'unsigned' : 'signed' };
  }
  if (tag === 3 && (width === 4 || width === 8)) return { ...layout, encoding: 'float' };
  if (tag === 6 && width === 1) return { ...layout, encoding: 'alaw' };
  if (tag === 7 && width === 1) return { ...layout, encoding: 'ulaw' };
  if (tag === 1 || tag === 3 || tag === 6 || tag === 7) {
    throw corrupt(path, `has a broken header (${blockAlign} bytes for ${channels} channels)`);
  }
  throw unsupported(
    path,
    `is a wav file with compressed sound (format 0x${tag.toString(16)}), which Songleaf cannot read`,
  );
}
