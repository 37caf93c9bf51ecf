import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Stereo } from '../../../main/engine/audio/decode-to-stereo.ts';
import { openAudio } from '../../../main/engine/audio/open-audio.ts';
import { FlacEncoder } from '../../../main/engine/flac/flac-encoder.ts';
import { VOICE_BAND, WHOLE_BAND } from '../../../main/engine/separation/band.ts';
import { readGivenStems } from '../../../main/engine/separation/given-stems.ts';
import { writeStems } from '../../../main/engine/separation/write-stems.ts';
import {
  collectChannels,
  encodeSamples,
  inTempFolder,
  peak,
  sine,
  songleafError,
  wavFile,
  write,
} from '../audio/helpers.ts';
import { collect, readExcerpt } from './passages.ts';

/** At the rate of the band in which a given voice is followed, so that nothing is resampled. */
const stereoWav = (channels: Stereo) =>
  wavFile(encodeSamples(channels, 32, true), { channels: 2, bits: 32, tag: 3, sampleRate: VOICE_BAND.rate });

/** The samples of 16 bits that the FLAC decoder, which takes 32,767 for full scale, made real numbers of. */
const toWhole = (channel: Float32Array) => Int32Array.from(channel, (x) => Math.round(x * 32_767));

/** Noise that is the same every time, −1 to 1. */
function makeNoise(length: number, seed = 1): Float32Array {
  let state = seed;
  return Float32Array.from({ length }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
    return state / 2 ** 31;
  });
}

describe('FlacEncoder', () => {
  it('writes files that come back sample for sample', async () => {
    const loud = (length: number) => Int32Array.from(makeNoise(length), (x) => Math.round(x * 32_767));
    const square = Int32Array.from({ length: 9000 }, (_, i) => (i % 50 < 25 ? -32_768 : 32_767));
    const slow = Int32Array.from({ length: 20_000 }, (_, i) => Math.round(20_000 * Math.sin(i / 300)));
    const cases: [Int32Array, Int32Array][] = [
      [slow, slow],
      [slow, slow.map((x) => -x)],
      [loud(12_289), loud(12_289).reverse()],
      [square, square.slice().reverse()],
      [new Int32Array(10_000), Int32Array.from({ length: 10_000 }, () => -3)],
    ];
    await inTempFolder(async (folder) => {
      for (const [left, right] of cases) {
        for (const cut of [1777, left.length]) {
          const encoder = new FlacEncoder(44_100);
          const parts: Uint8Array[] = [];
          for (let i = 0; i < left.length; i += cut) {
            parts.push(encoder.add(left.subarray(i, i + cut), right.subarray(i, i + cut)));
          }
          parts.push(encoder.finish());
          const file = await write(folder, 'a.flac', Buffer.concat([encoder.header, ...parts]));
          const source = await openAudio(file);
          expect(source.duration).toBeCloseTo(left.length / 44_100, 6);
          const channels = await collectChannels(source.chunks());
          expect(toWhole(channels[0]!)).toEqual(left);
          expect(toWhole(channels[1]!)).toEqual(right);
        }
      }
    });
  });

  it('makes real music smaller', async () => {
    const [left, right] = (await readExcerpt(30, 200_000)).map((channel) =>
      Int32Array.from(channel, (x) => Math.round(x * 32_767)),
    );
    const encoder = new FlacEncoder(44_100);
    const bytes = encoder.add(left!, right!).length + encoder.finish().length;
    expect(bytes).toBeLessThan(0.75 * 4 * 200_000);
  });
});

describe('stems', () => {
  it('are written so that their sum is the recording', async () => {
    await inTempFolder(async (folder) => {
      const mix = await readExcerpt(40, 100_000);
      const vocals: Stereo = [mix[0].map((x) => x * 0.3), mix[1].map((x) => x * -0.2)];
      const targets = { vocals: join(folder, 'v.flac'), accompaniment: join(folder, 'a.flac') };
      async function* stretches() {
        yield { mix, vocals };
      }
      expect(await writeStems(stretches(), targets)).toBeCloseTo(100_000 / WHOLE_BAND.rate, 6);
      const [voice, rest] = await Promise.all(
        [targets.vocals, targets.accompaniment].map(async (file) =>
          collectChannels((await openAudio(file)).chunks()),
        ),
      );
      for (const side of [0, 1] as const) {
        const other = toWhole(rest![side]!);
        const sum = toWhole(voice![side]!).map((sample, i) => sample + other[i]!);
        expect(sum).toEqual(Int32Array.from(mix[side], (x) => Math.round(32_768 * x)));
      }
    });
  });

  it('leave nothing behind where the separation fails', async () => {
    await inTempFolder(async (folder) => {
      const block: Stereo = [new Float32Array(5000), new Float32Array(5000)];
      async function* failing() {
        yield { mix: block, vocals: block };
        throw new Error('power cut');
      }
      const targets = { vocals: join(folder, 'v.flac'), accompaniment: join(folder, 'a.flac') };
      await expect(writeStems(failing(), targets)).rejects.toThrow('power cut');
      expect(readdirSync(folder)).toEqual([]);
      const nowhere = { vocals: join(folder, 'no', 'v.flac'), accompaniment: join(folder, 'no', 'a.flac') };
      expect((await songleafError(() => writeStems(failing(), nowhere))).code).toBe('file-unwritable');
      expect(existsSync(join(folder, 'no'))).toBe(false);
    });
  });

  it('that a person has are taken as they are, either of them', async () => {
    await inTempFolder(async (folder) => {
      const length = 3 * VOICE_BAND.rate;
      const voice = sine(300, VOICE_BAND.rate, 3, 0.3);
      const rest = makeNoise(length).map((x) => 0.2 * x);
      const mix = voice.map((x, i) => x + rest[i]!);
      const song = await write(folder, 'mix.wav', stereoWav([mix, mix]));
      const vocals = await write(folder, 'v.wav', stereoWav([voice, voice]));
      const accompaniment = await write(folder, 'a.wav', stereoWav([rest, rest]));
      for (const stems of [{ vocals }, { accompaniment }, { vocals, accompaniment }]) {
        const [left, , heard] = await collect(readGivenStems(song, stems, {}, VOICE_BAND));
        expect(left).toEqual(mix);
        expect(peak(heard!.map((x, i) => x - voice[i]!))).toBeLessThan(1e-6);
      }
    });
  });

  it('of another length or another song are refused by name', async () => {
    await inTempFolder(async (folder) => {
      const tone = makeNoise(2 * VOICE_BAND.rate);
      const song = await write(folder, 'mix.wav', stereoWav([tone, tone]));
      const short = tone.slice(0, VOICE_BAND.rate);
      const other = makeNoise(2 * VOICE_BAND.rate, 99);
      const refuse = async (name: string, channel: Float32Array) => {
        const vocals = await write(folder, name, stereoWav([channel, channel]));
        return await songleafError(() => collect(readGivenStems(song, { vocals }, {}, VOICE_BAND)));
      };
      expect(await refuse('short.wav', short)).toMatchObject({
        code: 'bad-request',
        message: expect.stringMatching(/short\.wav is shorter than .*mix\.wav/),
      });
      expect((await refuse('other.wav', other)).message).toMatch(/other\.wav is no part of/);
    });
  });
});
