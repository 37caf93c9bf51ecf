import { corrupt, unsupported } from './audio-errors.ts';
import type { AudioFile } from './audio-file.ts';
import { ascii, u16be, u32be, u64be } from './bytes.ts';
import { cleanText } from './clean-text.ts';
import type { PcmLayout, SampleFormat } from './pcm.ts';

const MAX_CHUNKS = 4096;

type Coding = Pick<PcmLayout, 'encoding' | 'littleEndian'> & { width?: number };

/** AIFF-C compression types that are plain samples; the width is the sample size's where none is given. */
const CODINGS: Record<string, Coding> = {
  NONE: { encoding: 'signed', littleEndian: false },
  twos: { encoding: 'signed', littleEndian: false },
  in24: { encoding: 'signed', littleEndian: false, width: 3 },
  in32: { encoding: 'signed', littleEndian: false, width: 4 },
  sowt: { encoding: 'signed', littleEndian: true },
  'raw ': { encoding: 'unsigned', littleEndian: false, width: 1 },
  fl32: { encoding: 'float', littleEndian: false, width: 4 },
  FL32: { encoding: 'float', littleEndian: false, width: 4 },
  fl64: { encoding: 'float', littleEndian: false, width: 8 },
  FL64: { encoding: 'float', littleEndian: false, width: 8 },
  alaw: { encoding: 'alaw', littleEndian: false, width: 1 },
  ALAW: { encoding: 'alaw', littleEndian: false, width: 1 },
  ulaw: { encoding: 'ulaw', littleEndian: false, width: 1 },
  ULAW: { encoding: 'ulaw', littleEndian: false, width: 1 },
};

/**
 * Reads the chunks of an AIFF or AIFF-C file (Apple, AIFF 1.3 and AIFF-C draft 1991).
 * @throws SongleafError audio-corrupt (no samples or no format), audio-unsupported (compressed AIFF-C)
 */
export async function readAiffHeader(file: AudioFile, start: number): Promise<PcmLayout> {
  const isC = ascii(await file.read(start, 12), 8, 4) === 'AIFC';
  let common: { layout: SampleFormat; frames: number } | null = null;
  let samples: { offset: number; length: number } | null = null;
  let position = start + 12;
  for (let chunks = 0; chunks < MAX_CHUNKS && position + 8 <= file.size; chunks++) {
    const head = await file.read(position, 30);
    const name = ascii(head, 0, 4);
    const size = u32be(head, 4);
    if (name === 'COMM') common = { layout: parseCommon(file.path, head, isC), frames: u32be(head, 10) };
    if (name === 'SSND') {
      const skip = 16 + u32be(head, 8);
      const rest = Math.max(0, file.size - position - skip);
      samples = { offset: position + skip, length: Math.min(Math.max(0, size + 8 - skip), rest) };
    }
    if (common && samples) {
      const { layout, frames } = common;
      const stated = frames * layout.width * layout.channels;
      const length = Math.min(samples.length, stated);
      return { ...layout, offset: samples.offset, length, statedLength: stated };
    }
    position += 8 + size + (size % 2);
  }
  throw corrupt(
    file.path,
    common ? 'is an aiff file without samples' : 'does not say what format its samples have',
  );
}

/** `head` is a `COMM` chunk with its eight bytes of name and size. */
function parseCommon(path: string, head: Uint8Array, isC: boolean): SampleFormat {
  const type = isC ? ascii(head, 26, 4) : 'NONE';
  const coding = CODINGS[type];
  if (!coding) {
    throw unsupported(
      path,
      `is an aiff file with compressed sound (“${cleanText(type)}”), which Songleaf cannot read`,
    );
  }
  const channels = u16be(head, 8);
  const sampleRate = Math.round(extendedFloat(head, 16));
  // Odd bit depths lie left-justified in whole bytes, so only the width counts.
  const width = coding.width ?? Math.ceil(u16be(head, 14) / 8);
  if (width < 1 || width > 8) throw corrupt(path, `has a broken header (${width} bytes per sample)`);
  if (coding.encoding === 'signed' && width > 4)
    throw corrupt(path, `has a broken header (${width} bytes per sample)`);
  return { encoding: coding.encoding, littleEndian: coding.littleEndian, width, channels, sampleRate };
}

/** An 80-bit IEEE 754 extended number, the sample rate's type. */
function extendedFloat(bytes: Uint8Array, at: number): number {
  const exponent = (u16be(bytes, at) & 0x7fff) - 16_383;
  return (u64be(bytes, at + 2) / 2 ** 63) * 2 ** exponent;
}
