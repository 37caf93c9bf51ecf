/** Bytes of the header. */
export const WAV_HEADER_BYTES = 44;
const CHANNELS = 2;
const SAMPLE_BYTES = 2;

/**
 * The header of a WAV file of 16-bit stereo (RIFF, PCM).
 * @param frames samples of each channel; more than a WAV file can hold are written as the most that it can
 */
export function wavHeader(frames: number, sampleRate: number): Uint8Array {
  const bytes = Math.min(frames * CHANNELS * SAMPLE_BYTES, 0xffff_ffff - WAV_HEADER_BYTES);
  const head = Buffer.alloc(WAV_HEADER_BYTES);
  head.write('RIFF', 0, 'latin1');
  head.writeUInt32LE(WAV_HEADER_BYTES - 8 + bytes, 4);
  head.write('WAVEfmt ', 8, 'latin1');
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(CHANNELS, 22);
  head.writeUInt32LE(sampleRate, 24);
  head.writeUInt32LE(sampleRate * CHANNELS * SAMPLE_BYTES, 28);
  head.writeUInt16LE(CHANNELS * SAMPLE_BYTES, 32);
  head.writeUInt16LE(8 * SAMPLE_BYTES, 34);
  head.write('data', 36, 'latin1');
  head.writeUInt32LE(bytes, 40);
  return head;
}
