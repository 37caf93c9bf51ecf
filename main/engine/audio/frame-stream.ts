import type { AudioFile } from './audio-file.ts';
import { type FrameHeader, parseFrameHeader } from './frame-headers.ts';

/** How far from where the audio should begin the first frame is looked for: room for padding after tags. */
const SEARCH_BYTES = 256 * 1024;
/** Frames in a row that make a stream; fewer occur by chance in other data. */
const FRAMES_TO_TRUST = 3;
const BLOCK = 1024 * 1024;
/** No frame header in this many bytes: the stream has ended. */
const LOST_BYTES = 1024 * 1024;

export interface FrameStream {
  /** Position of the first frame. */
  offset: number;
  first: FrameHeader;
}

/** Finds the first of several consecutive MPEG audio or ADTS frames from `from` on; null where there are none. */
export async function findFrames(file: AudioFile, from: number): Promise<FrameStream | null> {
  const bytes = await file.read(from, SEARCH_BYTES);
  for (let at = 0; at + 4 <= bytes.length; at++) {
    if (bytes[at] !== 0xff) continue;
    const first = parseFrameHeader(bytes, at);
    if (first && followsOn(bytes, at, first, from + bytes.length >= file.size))
      return { offset: from + at, first };
  }
  return null;
}

/** Whether the frame at `at` begins a run of frames of one stream, or of two that reach the end of the file. */
function followsOn(bytes: Uint8Array, at: number, first: FrameHeader, atEnd: boolean): boolean {
  let next = at + first.length;
  for (let frames = 1; frames < FRAMES_TO_TRUST; frames++) {
    if (next + 7 > bytes.length) return atEnd && frames > 1;
    const header = parseFrameHeader(bytes, next);
    if (!header || header.kind !== first.kind || header.stream !== first.stream) return false;
    next += header.length;
  }
  return true;
}

/**
 * Length of the stream in seconds, by walking from header to header: exact where no index states it, and a hundred
 * times faster than decoding.
 */
export async function measureFrames(file: AudioFile, stream: FrameStream): Promise<number> {
  let samples = 0;
  let lost = 0;
  let blockStart = stream.offset;
  let block = await file.read(blockStart, BLOCK);
  let at = 0;
  while (lost < LOST_BYTES) {
    if (at + 8 > block.length) {
      blockStart += at;
      if (blockStart + 8 > file.size) break;
      block = await file.read(blockStart, BLOCK);
      at = 0;
      // The file has shrunk since it was opened.
      if (block.length < 8) break;
    }
    const header = block[at] === 0xff ? parseFrameHeader(block, at) : null;
    if (header && header.stream === stream.first.stream) {
      samples += header.samples;
      at += header.length;
      lost = 0;
    } else {
      at++;
      lost++;
    }
  }
  return samples / stream.first.sampleRate;
}
