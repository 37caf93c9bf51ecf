/** How uncompressed samples lie in a file. */
export interface PcmLayout {
  encoding: 'signed' | 'unsigned' | 'float' | 'alaw' | 'ulaw';
  /** Bytes of one sample of one channel. */
  width: number;
  littleEndian: boolean;
  channels: number;
  /** Hz. */
  sampleRate: number;
  /** Position and length of the samples in the file, in bytes. */
  offset: number;
  length: number;
  /** Bytes that the header states, more than `length` where the file is cut short. */
  statedLength: number;
}

/** What a header tells of the samples themselves. */
export type SampleFormat = Omit<PcmLayout, 'offset' | 'length' | 'statedLength'>;

/** Bytes of one sample of all channels. */
export function frameSize(layout: SampleFormat): number {
  return layout.width * layout.channels;
}

type ReadSample = (view: DataView, at: number) => number;

/**
 * Turns interleaved samples into one array per channel, full scale = ±1. Integers are divided by 2^(bits − 1), so that
 * zero stays zero. An incomplete last frame is left out.
 */
export function decodePcm(bytes: Uint8Array, layout: SampleFormat): Float32Array[] {
  const { width, channels } = layout;
  const step = frameSize(layout);
  const frames = Math.floor(bytes.length / step);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const read = sampleReader(layout);
  return Array.from({ length: channels }, (_, channel) => {
    const samples = new Float32Array(frames);
    for (let i = 0, at = channel * width; i < frames; i++, at += step) samples[i] = read(view, at);
    return samples;
  });
}

function sampleReader({ encoding, width, littleEndian }: SampleFormat): ReadSample {
  if (encoding === 'alaw') return (view, at) => expandALaw(view.getUint8(at));
  if (encoding === 'ulaw') return (view, at) => expandMuLaw(view.getUint8(at));
  if (encoding === 'float' && width === 8) return (view, at) => view.getFloat64(at, littleEndian);
  if (encoding === 'float') return (view, at) => view.getFloat32(at, littleEndian);
  if (encoding === 'unsigned') return (view, at) => (view.getUint8(at) - 128) / 128;
  if (width === 1) return (view, at) => view.getInt8(at) / 128;
  if (width === 2) return (view, at) => view.getInt16(at, littleEndian) / 32_768;
  if (width === 4) return (view, at) => view.getInt32(at, littleEndian) / 2_147_483_648;
  return littleEndian
    ? (view, at) => (view.getUint16(at, true) + view.getInt8(at + 2) * 65_536) / 8_388_608
    : (view, at) => (view.getInt8(at) * 65_536 + view.getUint16(at + 1)) / 8_388_608;
}

/** ITU-T G.711 A-law, 8 bits to ±1. */
function expandALaw(code: number): number {
  const bits = code ^ 0x55;
  const exponent = (bits >> 4) & 7;
  const mantissa = ((bits & 15) << 4) + 8;
  const magnitude = exponent === 0 ? mantissa : (mantissa + 256) << (exponent - 1);
  return (bits & 0x80 ? magnitude : -magnitude) / 32_768;
}

/** ITU-T G.711 µ-law, 8 bits to ±1. */
function expandMuLaw(code: number): number {
  const bits = ~code & 0xff;
  const magnitude = ((((bits & 15) << 3) + 132) << ((bits >> 4) & 7)) - 132;
  return (bits & 0x80 ? -magnitude : magnitude) / 32_768;
}
