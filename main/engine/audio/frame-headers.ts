import { u8 } from './bytes.ts';

/** One frame of an MPEG audio (mp3, mp2) or ADTS (aac) stream. */
export interface FrameHeader {
  kind: 'mpeg' | 'adts';
  /** Bytes from this header to the next. */
  length: number;
  /** Samples per channel that the frame decodes to. */
  samples: number;
  sampleRate: number;
  channels: number;
  /** Equal in all frames of one stream: version, layer and sample rate. */
  stream: string;
}

// ISO/IEC 11172-3 §2.4.2.3 and 13818-3 §2.4.2.3: kbit/s by bitrate index, for version 1 layers I to III, then for
// versions 2 and 2.5 layer I and layers II/III. Index 0 (free format) is not read; 15 is forbidden.
const BITRATES: Record<string, number[]> = {
  '1-1': [32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448],
  '1-2': [32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384],
  '1-3': [32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
  '2-1': [32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256],
  '2-2': [8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
  '2-3': [8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
};
const MPEG_RATES = [44_100, 48_000, 32_000];
// ISO/IEC 14496-3 table 1.18.
const ADTS_RATES = [
  96_000, 88_200, 64_000, 48_000, 44_100, 32_000, 24_000, 22_050, 16_000, 12_000, 11_025, 8000, 7350,
];

/** Reads the frame header at `at` of an MPEG audio or ADTS stream; null where there is none. */
export function parseFrameHeader(bytes: Uint8Array, at: number): FrameHeader | null {
  if (u8(bytes, at) !== 0xff || (u8(bytes, at + 1) & 0xe0) !== 0xe0) return null;
  // The layer bits 00 mark ADTS, whose sync word is twelve ones.
  return (u8(bytes, at + 1) & 0x06) === 0 ? parseAdts(bytes, at) : parseMpeg(bytes, at);
}

function parseMpeg(bytes: Uint8Array, at: number): FrameHeader | null {
  const second = u8(bytes, at + 1);
  const third = u8(bytes, at + 2);
  const versionBits = (second >> 3) & 3;
  const layer = 4 - ((second >> 1) & 3);
  const bitrateIndex = third >> 4;
  const rateIndex = (third >> 2) & 3;
  if (versionBits === 1 || rateIndex === 3 || bitrateIndex === 0 || bitrateIndex === 15) return null;
  const version = versionBits === 3 ? 1 : 2;
  const sampleRate = MPEG_RATES[rateIndex]! / (versionBits === 3 ? 1 : versionBits === 2 ? 2 : 4);
  const bitrate = BITRATES[`${version}-${layer}`]![bitrateIndex - 1]! * 1000;
  const padding = (third >> 1) & 1;
  const samples = layer === 1 ? 384 : layer === 3 && version === 2 ? 576 : 1152;
  const length =
    layer === 1
      ? (Math.floor((12 * bitrate) / sampleRate) + padding) * 4
      : Math.floor(((samples / 8) * bitrate) / sampleRate) + padding;
  const channels = u8(bytes, at + 3) >> 6 === 3 ? 1 : 2;
  return {
    kind: 'mpeg',
    length,
    samples,
    sampleRate,
    channels,
    stream: `${versionBits}-${layer}-${rateIndex}`,
  };
}

function parseAdts(bytes: Uint8Array, at: number): FrameHeader | null {
  if ((u8(bytes, at + 1) & 0xf0) !== 0xf0) return null;
  const rateIndex = (u8(bytes, at + 2) >> 2) & 15;
  const sampleRate = ADTS_RATES[rateIndex];
  const length = ((u8(bytes, at + 3) & 3) << 11) | (u8(bytes, at + 4) << 3) | (u8(bytes, at + 5) >> 5);
  if (sampleRate === undefined || length < 7) return null;
  const channels = ((u8(bytes, at + 2) & 1) << 2) | (u8(bytes, at + 3) >> 6);
  const blocks = (u8(bytes, at + 6) & 3) + 1;
  return { kind: 'adts', length, samples: 1024 * blocks, sampleRate, channels, stream: `${rateIndex}` };
}
