import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SongleafError } from '../../../main/contract/errors.ts';
import { findProgram } from '../../../main/engine/audio/find-program.ts';

const fixtures = new URL('../../fixtures/', import.meta.url);

/** Path of a recording in `tests/fixtures/audio`. */
export function fixture(name: string): string {
  return fileURLToPath(new URL(`audio/${name}`, fixtures));
}

export const realSong = fileURLToPath(new URL('lets_go_fishin.ogg', fixtures));

/** Whether AAC and ALAC can be decoded on this machine. */
export const hasFfmpeg = (await findProgram('ffmpeg', process.env.PATH ?? '')) !== null;

/** Runs `use` with a folder of its own, which is removed afterwards. */
export async function inTempFolder<T>(use: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'songleaf-audio-'));
  try {
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

export async function write(folder: string, name: string, bytes: Uint8Array | string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, bytes);
  return path;
}

export interface WavOptions {
  sampleRate?: number;
  channels?: number;
  bits?: 8 | 16 | 24 | 32 | 64;
  /** 1 = integer, 3 = float, 6 = A-law, 7 = µ-law. */
  tag?: number;
  extensible?: boolean;
  /** Chunks before the samples, whole. */
  before?: Buffer;
  dataSize?: number;
}

/** A wav file around samples that are already encoded. */
export function wavFile(data: Uint8Array, options: WavOptions = {}): Buffer {
  const { sampleRate = 44_100, channels = 1, bits = 16, tag = 1, extensible = false } = options;
  const format = Buffer.alloc(extensible ? 48 : 24);
  format.write('fmt ', 0);
  format.writeUInt32LE(format.length - 8, 4);
  format.writeUInt16LE(extensible ? 0xfffe : tag, 8);
  format.writeUInt16LE(channels, 10);
  format.writeUInt32LE(sampleRate, 12);
  format.writeUInt32LE((sampleRate * ((channels * bits) / 8)) % 2 ** 32, 16);
  format.writeUInt16LE((channels * bits) / 8, 20);
  format.writeUInt16LE(bits, 22);
  if (extensible) {
    format.writeUInt16LE(22, 24);
    format.writeUInt16LE(bits, 26);
    format.writeUInt16LE(tag, 32);
  }
  const head = Buffer.alloc(8);
  head.write('data', 0);
  head.writeUInt32LE(options.dataSize ?? data.length, 4);
  const body = Buffer.concat([Buffer.from('WAVE'), format, options.before ?? Buffer.alloc(0), head, data]);
  const riff = Buffer.alloc(8);
  riff.write('RIFF', 0);
  riff.writeUInt32LE(Math.min(body.length, 0xffff_ffff), 4);
  return Buffer.concat([riff, body]);
}

/** Interleaves channels as little-endian samples of a wav file. */
export function encodeSamples(channels: readonly ArrayLike<number>[], bits: number, isFloat = false): Buffer {
  const width = bits / 8;
  const length = channels[0]!.length;
  const out = Buffer.alloc(length * channels.length * width);
  const full = 2 ** (bits - 1);
  for (const [c, samples] of channels.entries()) {
    for (let i = 0; i < length; i++) {
      const at = (i * channels.length + c) * width;
      const value = samples[i]!;
      const whole = Math.max(-full, Math.min(full - 1, Math.round(value * full)));
      if (isFloat && bits === 64) out.writeDoubleLE(value, at);
      else if (isFloat) out.writeFloatLE(value, at);
      else if (bits === 8) out.writeUInt8(whole + 128, at);
      else out.writeIntLE(whole, at, width);
    }
  }
  return out;
}

export function sine(frequency: number, sampleRate: number, seconds: number, level = 0.5): Float32Array {
  const length = Math.round(seconds * sampleRate);
  return Float32Array.from(
    { length },
    (_, i) => level * Math.sin((2 * Math.PI * frequency * i) / sampleRate),
  );
}

/** A 16-bit wav file of one second, 440 Hz. */
export function toneWav(seconds = 1, sampleRate = 44_100): Buffer {
  return wavFile(encodeSamples([sine(440, sampleRate, seconds)], 16), { sampleRate });
}

/** Amplitude of one frequency in the samples: a single bin of their Fourier transform. */
export function amplitudeAt(samples: Float32Array, frequency: number, sampleRate: number): number {
  let re = 0;
  let im = 0;
  for (let i = 0; i < samples.length; i++) {
    const phase = (2 * Math.PI * frequency * i) / sampleRate;
    re += samples[i]! * Math.cos(phase);
    im += samples[i]! * Math.sin(phase);
  }
  return (2 * Math.hypot(re, im)) / samples.length;
}

export function peak(samples: Float32Array): number {
  return samples.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
}

export function concat(parts: readonly Float32Array[]): Float32Array {
  const out = new Float32Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

/** All chunks of a source, joined channel by channel. */
export async function collectChannels(chunks: AsyncIterable<Float32Array[]>): Promise<Float32Array[]> {
  const parts: Float32Array[][] = [];
  for await (const chunk of chunks) parts.push(chunk);
  return (parts[0] ?? []).map((_, channel) => concat(parts.map((chunk) => chunk[channel]!)));
}

export async function collectBlocks(blocks: AsyncIterable<Float32Array>): Promise<Float32Array> {
  const parts: Float32Array[] = [];
  for await (const block of blocks) parts.push(block);
  return concat(parts);
}

/** The SongleafError that `run` ends in; anything else thrown, or nothing, fails the test. */
export async function songleafError(run: () => Promise<unknown>): Promise<SongleafError> {
  try {
    await run();
  } catch (error) {
    if (error instanceof SongleafError) return error;
    throw error;
  }
  throw new Error('Nothing was thrown.');
}
