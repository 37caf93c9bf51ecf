import { readFile } from 'node:fs/promises';
import { createOpusDecoder } from '@audio/decode-opus/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SongleafError } from '../../../main/contract/errors.ts';
import { withAudioFile } from '../../../main/engine/audio/audio-file.ts';
import { decodeStream } from '../../../main/engine/audio/decode-stream.ts';
import { openAudio } from '../../../main/engine/audio/open-audio.ts';
import { readSongInfo } from '../../../main/engine/audio/song-info.ts';
import { fixture, hasFfmpeg, inTempFolder, toneWav, write } from './helpers.ts';

interface Edit {
  /** A quarter of the edits hit the first kilobyte, where the headers are. */
  inHead: boolean;
  /** Millionths of the file, or of its first kilobyte. */
  at: number;
  flip: boolean;
  value: number;
}

const millionths = fc.integer({ min: 0, max: 999_999 });
const edit: fc.Arbitrary<Edit> = fc.record({
  inHead: fc.integer({ min: 0, max: 3 }).map((quarter) => quarter === 0),
  at: millionths,
  flip: fc.boolean(),
  value: fc.oneof(fc.constantFrom(0, 255), fc.integer({ min: 0, max: 255 })),
});
/** Truncations, flipped bits and overwritten bytes. */
const damage = fc.record({
  cut: fc.option(millionths, { freq: 2 }),
  edits: fc.array(edit, { maxLength: 10 }),
});

function apply(original: Uint8Array, { cut, edits }: { cut: number | null; edits: Edit[] }): Uint8Array {
  const bytes = Uint8Array.from(original);
  for (const { inHead, at, flip, value } of edits) {
    const index = Math.floor((at / 1e6) * (inHead ? Math.min(1024, bytes.length) : bytes.length));
    bytes[index] = flip ? bytes[index]! ^ (1 << (value & 7)) : value;
  }
  return cut === null ? bytes : bytes.slice(0, Math.floor((cut / 1e6) * bytes.length));
}

/** Reads tags and sound to the end; passes on nothing but SongleafErrors. Counts the samples. */
async function consume(path: string): Promise<number> {
  let samples = 0;
  for (const step of [() => readSongInfo(path), () => openAudio(path)]) {
    try {
      const result = await step();
      if (!('chunks' in result)) continue;
      for await (const chunk of result.chunks()) {
        for (const channel of chunk)
          if (!channel.every(Number.isFinite)) throw new Error('A sample is no number.');
        samples += chunk[0]!.length;
      }
    } catch (error) {
      if (!(error instanceof SongleafError)) throw error;
    }
  }
  return samples;
}

describe('damaged files', () => {
  const cases: [string, number][] = [
    ['tone.mp3', 100],
    ['tone.flac', 100],
    ['tone.oga', 100],
    ['tone.ogg', 100],
    ['tone.opus', 100],
    ['tone.aiff', 100],
    ['tone.wav', 100],
    // A process each.
    ['tone.m4a', hasFfmpeg ? 15 : 100],
    ['tone.aac', hasFfmpeg ? 15 : 100],
  ];
  it.each(cases)('%s: end in sound or a named error', async (name, numRuns) => {
    await inTempFolder(async (folder) => {
      const original = name === 'tone.wav' ? toneWav(0.5) : await readFile(fixture(name));
      let sound = 0;
      await fc.assert(
        fc.asyncProperty(damage, async (what) => {
          if ((await consume(await write(folder, name, apply(original, what)))) > 0) sound++;
        }),
        { numRuns },
      );
      // Otherwise the test would only have tried headers.
      if (hasFfmpeg || !/m4a|aac/.test(name)) expect(sound).toBeGreaterThan(0);
    });
  });
});

describe('decoder memory', () => {
  it('is freed when decoding is left early, ends or fails', async () => {
    // All Opus decoders live in one WebAssembly module, so that leaks add up in its heap.
    const { module } = (await createOpusDecoder()) as unknown as { module: { HEAPU8: Uint8Array } };
    const decodeOnce = async (path: string, limit: number) =>
      withAudioFile(path, async (file) => {
        let chunks = 0;
        const state = { fraction: 0, damage: null };
        for await (const _ of decodeStream(file, { codec: 'opus', offset: 0, channels: 2 }, state)) {
          if (++chunks === limit) break;
        }
        return state.damage;
      });
    await inTempFolder(async (folder) => {
      const good = fixture('tone.opus');
      // A second stream, whose broken header makes the parser throw while the first's decoder is open.
      const bytes = await readFile(good);
      const broken = Buffer.from(bytes);
      broken[36] = 0;
      const bad = await write(folder, 'bad.opus', Buffer.concat([bytes, broken]));
      expect(await decodeOnce(bad, 1000)).not.toBeNull();
      const rounds = async (count: number) => {
        for (let i = 0; i < count; i++) {
          await decodeOnce(good, 1);
          await decodeOnce(good, 3);
          await decodeOnce(bad, 1000);
        }
      };
      await rounds(3);
      const before = module.HEAPU8.length;
      await rounds(150);
      expect(module.HEAPU8.length).toBe(before);
    });
  });
});
