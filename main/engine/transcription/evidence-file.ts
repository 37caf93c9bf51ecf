import { gunzipSync, gzipSync } from 'node:zlib';
import { SongleafError } from '../../contract/errors.ts';
import {
  BEAT_VALUES,
  CHORD_VALUES,
  CONTOUR_BINS,
  type Evidence,
  FLUX_BANDS,
  KEYS,
  VOICE_VALUES,
} from './evidence.ts';

const MAGIC = 'SLEV0002';
/** Four hours of frames: a larger count means a damaged or hostile file. */
const MAX_FRAMES = 1_300_000;

/** The time axes that arrays have, in file order. */
const axes = ['frames', 'beatFrames', 'chordFrames', 'voiceFrames'] as const;
const HEAD_BYTES = 8 + 4 * axes.length;

/** Time axis and bytes of one frame of each array, in file order. */
const layout = {
  onset: { axis: 'frames', width: KEYS },
  note: { axis: 'frames', width: KEYS },
  contour: { axis: 'frames', width: CONTOUR_BINS },
  flux: { axis: 'frames', width: FLUX_BANDS },
  loudness: { axis: 'frames', width: 1 },
  beats: { axis: 'beatFrames', width: BEAT_VALUES },
  chords: { axis: 'chordFrames', width: CHORD_VALUES },
  voice: { axis: 'voiceFrames', width: VOICE_VALUES },
} as const;
type Plane = keyof typeof layout;
const planes = Object.keys(layout) as Plane[];

/** Evidence of silence on the transcriber's axis; nothing is heard of beats, chords and voice yet. */
export function allocateEvidence(frames: number): Evidence {
  return {
    frames,
    onset: new Uint8Array(frames * KEYS),
    note: new Uint8Array(frames * KEYS),
    contour: new Uint8Array(frames * CONTOUR_BINS),
    flux: new Uint8Array(frames * FLUX_BANDS),
    loudness: new Uint8Array(frames),
    beatFrames: 0,
    beats: new Uint8Array(0),
    chordFrames: 0,
    chords: new Uint8Array(0),
    voiceFrames: 0,
    voice: new Uint8Array(0),
  };
}

/** Packs evidence into bytes: magic, four frame counts (uint32 little-endian), then each plane gzipped with its length. */
export function encodeEvidence(evidence: Evidence): Uint8Array {
  const head = Buffer.alloc(HEAD_BYTES);
  head.write(MAGIC, 'latin1');
  axes.forEach((axis, i) => {
    head.writeUInt32LE(evidence[axis], 8 + 4 * i);
  });
  const parts: Buffer[] = [head];
  for (const plane of planes) {
    // Level 1: a quarter of the size already, at a tenth of the time of the default level.
    const packed = gzipSync(evidence[plane], { level: 1 });
    const length = Buffer.alloc(4);
    length.writeUInt32LE(packed.length);
    parts.push(length, packed);
  }
  return Buffer.concat(parts);
}

/**
 * Unpacks `encodeEvidence`'s bytes.
 * @param name what to call the file in an error
 * @throws SongleafError `posteriors-missing` when the bytes are not evidence of this version
 */
export function decodeEvidence(bytes: Uint8Array, name: string): Evidence {
  const fail = (cause?: unknown) =>
    new SongleafError(
      'posteriors-missing',
      `The saved transcription ${name} is damaged or from another version.`,
      'Delete it and analyse the song again.',
      { cause },
    );
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (buffer.length < HEAD_BYTES || buffer.toString('latin1', 0, 8) !== MAGIC) throw fail();
  const evidence = allocateEvidence(0);
  axes.forEach((axis, i) => {
    evidence[axis] = buffer.readUInt32LE(8 + 4 * i);
    if (evidence[axis] > MAX_FRAMES) throw fail();
  });
  let position = HEAD_BYTES;
  for (const plane of planes) {
    if (position + 4 > buffer.length) throw fail();
    const length = buffer.readUInt32LE(position);
    position += 4;
    if (position + length > buffer.length) throw fail();
    const size = evidence[layout[plane].axis] * layout[plane].width;
    try {
      const unpacked = gunzipSync(buffer.subarray(position, position + length), {
        maxOutputLength: Math.max(size, 1),
      });
      if (unpacked.length !== size) throw new Error(`${plane}: ${unpacked.length} bytes instead of ${size}`);
      evidence[plane] = new Uint8Array(unpacked.buffer, unpacked.byteOffset, unpacked.byteLength);
    } catch (cause) {
      throw fail(cause);
    }
    position += length;
  }
  if (position !== buffer.length) throw fail();
  return evidence;
}
