import { SongleafError } from '../../contract/errors.ts';
import {
  CONTOUR_BINS,
  type Evidence,
  FRAME_RATE,
  KEYS,
  VOICE_HOP_SECONDS,
  VOICE_VALUES,
} from '../transcription/evidence.ts';
import type { Network } from '../transcription/network.ts';
import { toByte } from '../transcription/to-byte.ts';
import { keepAnswer } from './keep-answer.ts';

/** Pitches that the melody network tells apart, from A2 to F#6; the class after them is rest. */
export const MELODY_PITCHES = 46;
export const MELODY_LOWEST = 45;
export const MELODY_CLASSES = MELODY_PITCHES + 1;
/** Frames of the evidence in one of the network's: 21.53 a second; onsets come twice as often. */
export const MELODY_POOL = 4;
/** Steps of a pitch's value: −ln(probability) in thirty-seconds, 255 for anything below e^−7.9. */
export const MELODY_STEPS = 32;
/** Loudness; pitch, confidence and share of the voice. */
const FRAME_VALUES = 1 + VOICE_VALUES;
/** Frames of the network at once (48 s), and what an answer may depend on at each side (`models/…/melody/network.py`). */
const CHUNK = 1024;
const CONTEXT = 96;

/** Which pitch leads, frame by frame, in 8 bits, so that nothing after it depends on the machine it ran on. */
export interface HeardMelody {
  /** Frame `t` covers frames 4 t to 4 t + 3 of the evidence. */
  frames: number;
  /** `frames × MELODY_CLASSES`, −ln(probability) × `MELODY_STEPS`. */
  pitch: Uint8Array;
  /** `2 frames × MELODY_PITCHES`, probability × 255 that the melody begins a note; frame h covers 2 h and 2 h + 1. */
  onset: Uint8Array;
  /** `frames`, probability × 255 that a voice, not an instrument, has the line. */
  sung: Uint8Array;
}

/**
 * Hears the melody in the evidence with the network `melody`, chunk by chunk, in a few tens of megabytes.
 * @throws SongleafError `model-corrupt`
 */
export async function listenForMelody(
  evidence: Evidence,
  network: Network,
  signal?: AbortSignal,
): Promise<HeardMelody> {
  const frames = Math.ceil(evidence.frames / MELODY_POOL);
  const heard: HeardMelody = {
    frames,
    pitch: new Uint8Array(frames * MELODY_CLASSES),
    onset: new Uint8Array(2 * frames * MELODY_PITCHES),
    sung: new Uint8Array(frames),
  };
  for (let first = 0; first < frames; first += CHUNK) {
    signal?.throwIfAborted();
    const last = Math.min(frames, first + CHUNK);
    const low = Math.max(0, first - CONTEXT);
    const high = Math.min(frames, last + CONTEXT);
    const { pitch, begins, sung } = await network.run(
      cutPlanes(evidence, low * MELODY_POOL, high * MELODY_POOL),
    );
    const count = high - low;
    if (
      pitch?.length !== count * MELODY_CLASSES ||
      begins?.length !== 2 * count * MELODY_PITCHES ||
      sung?.length !== count
    ) {
      throw new SongleafError(
        'model-corrupt',
        'The melody network gave no melody.',
        'Install Songleaf again.',
      );
    }
    keepAnswer(pitch, heard.pitch, MELODY_CLASSES, [low, first, last], quantiseLog);
    keepAnswer(begins, heard.onset, 2 * MELODY_PITCHES, [low, first, last], toByte);
    keepAnswer(sung, heard.sung, 1, [low, first, last], toByte);
  }
  return heard;
}

/** The network's inputs for frames [from, to) of the evidence; silence beyond its end. */
export function cutPlanes(
  evidence: Evidence,
  from: number,
  to: number,
): Record<'contour' | 'note' | 'onset' | 'frame', { data: Float32Array; shape: number[] }> {
  const count = to - from;
  const cut = (plane: Uint8Array, width: number) => {
    const data = new Float32Array(count * width);
    data.set(plane.subarray(from * width, Math.min(evidence.frames, to) * width));
    return { data, shape: [1, count, width] };
  };
  return {
    contour: cut(evidence.contour, CONTOUR_BINS),
    note: cut(evidence.note, KEYS),
    onset: cut(evidence.onset, KEYS),
    frame: { data: alignFrames(evidence, from, to), shape: [1, count, FRAME_VALUES] },
  };
}

/** Loudness and the nearest voice frame of each frame in [from, to), `count × 4`. */
function alignFrames(evidence: Evidence, from: number, to: number): Float32Array {
  const data = new Float32Array((to - from) * FRAME_VALUES);
  for (let t = from; t < Math.min(to, evidence.frames); t++) {
    const at = (t - from) * FRAME_VALUES;
    data[at] = evidence.loudness[t];
    if (evidence.voiceFrames === 0) continue;
    const nearest = Math.floor(t / VOICE_HOP_SECONDS / FRAME_RATE + 0.5);
    const voice = Math.min(nearest, evidence.voiceFrames - 1) * VOICE_VALUES;
    for (let i = 0; i < VOICE_VALUES; i++) data[at + 1 + i] = evidence.voice[voice + i];
  }
  return data;
}

/** NaN compares false and becomes the least likely. */
function quantiseLog(probability: number): number {
  const value = -MELODY_STEPS * Math.log(probability);
  return value < 255 ? Math.round(Math.max(0, value)) : 255;
}
