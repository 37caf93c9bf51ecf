import { copyFile, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openAudio } from '../../../main/engine/audio/open-audio.ts';
import {
  amplitudeAt,
  collectChannels,
  encodeSamples,
  fixture,
  hasFfmpeg,
  inTempFolder,
  sine,
  toneWav,
  type WavOptions,
  wavFile,
  write,
} from './helpers.ts';

/** The fixtures hold 440 Hz left and 660 Hz right at half of full scale. */
function expectTones([left, right]: Float32Array[], sampleRate: number, tolerance: number): void {
  // The middle half: encoders blur the ends.
  const middle = (samples: Float32Array) => samples.slice(sampleRate / 4, (sampleRate * 3) / 4);
  expect(Math.abs(amplitudeAt(middle(left!), 440, sampleRate) - 0.5)).toBeLessThan(tolerance);
  expect(Math.abs(amplitudeAt(middle(right!), 660, sampleRate) - 0.5)).toBeLessThan(tolerance);
  expect(amplitudeAt(middle(left!), 660, sampleRate)).toBeLessThan(0.03);
  expect(amplitudeAt(middle(right!), 440, sampleRate)).toBeLessThan(0.03);
}

describe('openAudio', () => {
  it.each([
    ['tone.mp3', 'mp3', 44_100, 44_100],
    ['tone.flac', 'flac', 22_050, 22_050],
    ['tone.oga', 'flac', 22_050, 22_050],
    ['tone.ogg', 'vorbis', 44_100, 44_100],
    ['tone.opus', 'opus', 48_000, 48_000],
    ['tone.aiff', 'aiff', 8000, 8000],
  ])('decodes %s to the sample', async (name, format, sampleRate, length) => {
    const source = await openAudio(fixture(name));
    expect(source).toMatchObject({ format, sampleRate, channels: 2 });
    expect(Math.abs(source.duration! - 1)).toBeLessThan(0.1);
    const channels = await collectChannels(source.chunks());
    expect(channels.map((samples) => samples.length)).toEqual([length, length]);
    expectTones(channels, sampleRate, 0.03);
    expect(source.fraction()).toBe(1);
    expect(source.notes).toEqual([]);
  });

  it.skipIf(!hasFfmpeg).each([
    ['tone.m4a', 'm4a', 0.03],
    ['alac.m4a', 'm4a', 0.0001],
    // ADTS has no way to tell the encoder's delay.
    ['tone.aac', 'aac', 0.05],
  ])('decodes %s through ffmpeg', async (name, format, slack) => {
    const source = await openAudio(fixture(name));
    expect(source).toMatchObject({ format, sampleRate: 44_100, channels: 2 });
    const channels = await collectChannels(source.chunks());
    expect(Math.abs(channels[0]!.length / 44_100 - 1)).toBeLessThanOrEqual(slack);
    expectTones(channels, 44_100, 0.03);
    expect(source.fraction()).toBe(1);
  });

  const sampleTypes: [string, WavOptions & { bits: 8 | 16 | 24 | 32 | 64 }, number][] = [
    ['8-bit', { bits: 8 }, 1 / 128],
    ['16-bit', { bits: 16 }, 2 ** -15],
    ['24-bit', { bits: 24 }, 2 ** -23],
    ['32-bit', { bits: 32 }, 2 ** -24],
    ['32-bit float', { bits: 32, tag: 3 }, 0],
    ['64-bit float', { bits: 64, tag: 3 }, 0],
    ['extensible 24-bit', { bits: 24, extensible: true }, 2 ** -23],
    ['extensible float', { bits: 32, tag: 3, extensible: true }, 0],
  ];
  it.each(sampleTypes)('reads %s wav exactly', async (_, options, step) => {
    await inTempFolder(async (folder) => {
      const channels = [sine(440, 8000, 0.5), sine(660, 8000, 0.5, -0.9)];
      const data = encodeSamples(channels, options.bits, options.tag === 3);
      const path = await write(folder, 'a.wav', wavFile(data, { ...options, sampleRate: 8000, channels: 2 }));
      const decoded = await collectChannels((await openAudio(path)).chunks());
      for (const [c, samples] of channels.entries()) {
        expect(decoded[c]!.length).toBe(4000);
        for (let i = 0; i < 4000; i++)
          expect(Math.abs(decoded[c]![i]! - samples[i]!)).toBeLessThanOrEqual(step);
      }
    });
  });

  it('expands G.711 by the tables of the standard', async () => {
    await inTempFolder(async (folder) => {
      const repeat = (codes: number[]) =>
        Buffer.from(Array.from({ length: 4000 }, (_, i) => codes[i % codes.length]!));
      const first = async (tag: number, codes: number[]) => {
        const path = await write(
          folder,
          `${tag}.wav`,
          wavFile(repeat(codes), { bits: 8, tag, sampleRate: 8000 }),
        );
        const [samples] = await collectChannels((await openAudio(path)).chunks());
        return [...samples!.subarray(0, codes.length)].map((value) => value * 32_768 + 0);
      };
      // ITU-T G.711 tables 1 and 2, in 16-bit scale: loudest, quietest positive and negative.
      expect(await first(6, [0xaa, 0x2a, 0xd5, 0x55])).toEqual([32_256, -32_256, 8, -8]);
      expect(await first(7, [0x80, 0x00, 0xff, 0x7f, 0xfe])).toEqual([32_124, -32_124, 0, 0, 8]);
    });
  });

  it('steps over other chunks and reads wav of unknown length to its end', async () => {
    await inTempFolder(async (folder) => {
      const junk = Buffer.concat([Buffer.from('LIST\x05\x00\x00\x00'), Buffer.alloc(6)]);
      const data = encodeSamples([sine(440, 8000, 0.5)], 16);
      for (const dataSize of [0, 0xffff_ffff]) {
        const wav = wavFile(data, { sampleRate: 8000, before: junk, dataSize });
        const [samples] = await collectChannels(
          (await openAudio(await write(folder, 'a.wav', wav))).chunks(),
        );
        expect(samples!.length).toBe(4000);
      }
    });
  });

  it('reads signed 8-bit and little-endian aiff', async () => {
    await inTempFolder(async (folder) => {
      const wave = sine(440, 8000, 0.5);
      const signed = Buffer.from(wave.map((value) => Math.round(value * 128)));
      const little = encodeSamples([wave], 16);
      for (const [type, bits, data] of [
        ['NONE', 8, signed],
        ['sowt', 16, little],
      ] as const) {
        const path = await write(folder, 'a.aif', aiffFile(type, bits, data));
        const source = await openAudio(path);
        expect(source).toMatchObject({ format: 'aiff', sampleRate: 8000 });
        const [samples] = await collectChannels(source.chunks());
        expect(samples!.length).toBe(4000);
        expect(Math.abs(amplitudeAt(samples!, 440, 8000) - 0.5)).toBeLessThan(0.01);
      }
    });
  });

  it('goes by the content, not by the name', async () => {
    await inTempFolder(async (folder) => {
      const path = join(folder, 'wrong.mp3');
      await copyFile(fixture('tone.flac'), path);
      const source = await openAudio(path);
      expect(source).toMatchObject({
        format: 'flac',
        info: { title: 'Tone', artist: 'Generator', album: 'Fixtures' },
      });
      const [left] = await collectChannels(source.chunks());
      expect(left!.length).toBe(22_050);
    });
  });

  it('finds the sound behind ID3 tags whatever the format', async () => {
    await inTempFolder(async (folder) => {
      const tag = Buffer.concat([
        Buffer.from('ID3\x04\x00\x00\x00\x00\x08\x00', 'latin1'),
        Buffer.alloc(1024),
      ]);
      for (const name of ['tone.flac', 'tone.mp3', 'tone.ogg']) {
        const path = await write(folder, name, Buffer.concat([tag, await readFile(fixture(name))]));
        const source = await openAudio(path);
        const channels = await collectChannels(source.chunks());
        expectTones(channels, source.sampleRate, 0.03);
      }
    });
  });

  it('keeps the sound when tags are broken', async () => {
    await inTempFolder(async (folder) => {
      const flac = await readFile(fixture('tone.flac'));
      // The length of the first block after STREAMINFO becomes 16 MB.
      flac.fill(0xff, 43, 46);
      const [left] = await collectChannels(
        (await openAudio(await write(folder, 'broken.flac', flac))).chunks(),
      );
      expect(left!.length).toBe(22_050);

      const mp3 = await readFile(fixture('tone.mp3'));
      // The ID3 tag's length becomes 256 MB.
      mp3.fill(0x7f, 6, 10);
      const source = await openAudio(await write(folder, 'broken.mp3', mp3));
      expect((await collectChannels(source.chunks()))[0]!.length).toBe(44_100);
      expect(source.info.title).toBe('broken');
      expect(source.notes.join()).toContain('tags are broken');
    });
  });

  it('can be decoded twice and restarts its progress', async () => {
    const source = await openAudio(fixture('tone.ogg'));
    const first = await collectChannels(source.chunks());
    const second = await collectChannels(source.chunks());
    expect(second).toEqual(first);
  });

  it('hands AAC to a decoder that is plugged in', async () => {
    const wave = sine(440, 48_000, 1);
    const asked: string[] = [];
    const source = await openAudio(fixture('tone.m4a'), {
      searchPath: '',
      decodeExternally: async (path) => {
        asked.push(path);
        const chunks = async function* () {
          yield [wave.slice(0, 20_000)];
          yield [wave.slice(20_000)];
        };
        return { sampleRate: 48_000, channels: 1, chunks };
      },
    });
    expect(source).toMatchObject({ format: 'm4a', sampleRate: 48_000, channels: 1 });
    const [samples] = await collectChannels(source.chunks());
    expect(samples).toEqual(wave);
    expect(asked).toEqual([fixture('tone.m4a')]);
  });

  it('tells how far it is', async () => {
    await inTempFolder(async (folder) => {
      const source = await openAudio(await write(folder, 'a.wav', toneWav(60)));
      const fractions: number[] = [];
      for await (const _ of source.chunks()) fractions.push(source.fraction());
      expect(fractions.length).toBeGreaterThan(2);
      expect(fractions).toEqual([...fractions].sort((a, b) => a - b));
      expect(fractions[0]).toBeGreaterThan(0);
      expect(fractions.at(-1)).toBe(1);
    });
  });
});

/** A mono AIFF-C file at 8,000 Hz. */
function aiffFile(type: string, bits: number, data: Uint8Array): Buffer {
  const common = Buffer.alloc(32);
  common.write('COMM', 0);
  common.writeUInt32BE(24, 4);
  common.writeUInt16BE(1, 8);
  common.writeUInt32BE(data.length / (bits / 8), 10);
  common.writeUInt16BE(bits, 14);
  // 8,000 as an 80-bit extended number: 2^12 × 1.953125.
  common.set([0x40, 0x0b, 0xfa, 0, 0, 0, 0, 0, 0, 0], 16);
  common.write(type, 26, 'latin1');
  const head = Buffer.alloc(16);
  head.write('SSND', 0);
  head.writeUInt32BE(8 + data.length, 4);
  const body = Buffer.concat([Buffer.from('AIFC'), common, head, data, Buffer.from('ANNO\0\0\0\x04late')]);
  const form = Buffer.alloc(8);
  form.write('FORM', 0);
  form.writeUInt32BE(body.length, 4);
  return Buffer.concat([form, body]);
}
