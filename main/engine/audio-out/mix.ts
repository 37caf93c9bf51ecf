import type { Stereo } from '../audio/decode-to-stereo.ts';
import { SampleQueue } from '../transcription/sample-queue.ts';
import { LoudnessMeter } from './loudness.ts';

/** Full scale minus 0.3 dB: what a lossy encoder adds between samples has room. */
const CEILING = 10 ** (-0.3 / 20);
/** LUFS of what is written, where its peaks allow: between the EBU's −23 and what streaming services play at (−14). */
const TARGET = -16;

/** A part of a mix, which can be read from its start any number of times. */
export type Part = () => AsyncIterable<Stereo>;

/** How loud two parts are made in a mix. */
export interface Gains {
  piano: number;
  other: number;
}

export interface Measured {
  /** LUFS; null for silence. */
  loudness: number | null;
  /** Highest absolute sample. */
  peak: number;
}

/** Measures a part. */
export async function measure(part: Part, sampleRate: number): Promise<Measured> {
  const meter = new LoudnessMeter(sampleRate);
  for await (const block of part()) {
    meter.add(block);
    // Lets messages in: who plays the song meanwhile is not kept waiting.
    await new Promise((resolve) => setImmediate(resolve));
  }
  return { loudness: meter.loudness, peak: meter.peak };
}

/**
 * Makes the piano as loud as the other part, and the whole as loud as `TARGET` or as loud as can be without clipping,
 * whatever peaks meet. A part that is silent is left as it is.
 */
export function balance(piano: Measured, other: Measured | null): Gains {
  const level = other?.loudness ?? piano.loudness ?? TARGET;
  const raise = piano.loudness === null ? 1 : 10 ** ((level - piano.loudness) / 20);
  // Two parts of equal loudness that have nothing to do with each other are 3 LU louder together.
  const together = level + (other?.loudness != null && piano.loudness !== null ? 3 : 0);
  const wanted = 10 ** ((TARGET - together) / 20);
  const peak = raise * piano.peak + (other?.peak ?? 0);
  const scale = peak > 0 ? Math.min(wanted, CEILING / peak) : wanted;
  return { piano: scale * raise, other: scale };
}

/** Adds two parts sample by sample; the mix is as long as the longer. Memory: the difference of their blocks. */
export async function* mixParts(piano: Part, other: Part | null, gains: Gains): AsyncGenerator<Stereo> {
  const sources = (other ? [piano, other] : [piano]).map((part, i) => ({
    blocks: part()[Symbol.asyncIterator](),
    queues: [new SampleQueue(0), new SampleQueue(0)] as const,
    gain: i === 0 ? gains.piano : gains.other,
    ended: false,
  }));
  try {
    for (let position = 0; ; ) {
      const waiting = sources.filter(({ ended }) => !ended);
      if (waiting.length === 0 && sources.every(({ queues }) => queues[0].end <= position)) return;
      waiting.sort((a, b) => a.queues[0].end - b.queues[0].end);
      const [source] = waiting;
      if (source) {
        const next = await source.blocks.next();
        if (next.done) source.ended = true;
        else source.queues.forEach((queue, side) => void queue.push(next.value[side]));
      }
      const open = sources.filter(({ ended }) => !ended);
      const ends = (open.length > 0 ? open : sources).map(({ queues }) => queues[0].end);
      const end = open.length > 0 ? Math.min(...ends) : Math.max(...ends);
      if (end <= position) continue;
      yield sum(sources, position, end);
      await new Promise((resolve) => setImmediate(resolve));
      position = end;
    }
  } finally {
    for (const { blocks } of sources) await blocks.return?.();
  }
}

interface Queued {
  queues: readonly [SampleQueue, SampleQueue];
  gain: number;
}

function sum(sources: readonly Queued[], from: number, end: number): Stereo {
  const mixed: Stereo = [new Float32Array(end - from), new Float32Array(end - from)];
  const part = new Float32Array(end - from);
  for (const { queues, gain } of sources) {
    for (const [side, queue] of queues.entries()) {
      queue.read(from, part);
      queue.dropBefore(end);
      const target = mixed[side]!;
      for (let i = 0; i < part.length; i++) target[i]! += gain * part[i]!;
    }
  }
  return mixed;
}
