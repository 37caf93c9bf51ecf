import { execFile } from 'node:child_process';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type DecodeProgress,
  type DecodeSummary,
  decodeToMono,
} from '../../../main/engine/audio/decode-to-mono.ts';
import { mixToMono } from '../../../main/engine/audio/downmix.ts';
import { openResampler } from '../../../main/engine/audio/resample.ts';
import {
  amplitudeAt,
  collectBlocks,
  concat,
  encodeSamples,
  fixture,
  inTempFolder,
  peak,
  realSong,
  sine,
  songleafError,
  wavFile,
  write,
} from './helpers.ts';

/** Runs samples through the whole way: a 32-bit float wav file, decoded to mono. */
async function throughFile(channels: Float32Array[], sampleRate: number): Promise<Float32Array> {
  return inTempFolder(async (folder) => {
    const data = encodeSamples(channels, 32, true);
    const wav = wavFile(data, { sampleRate, channels: channels.length, bits: 32, tag: 3 });
    return collectBlocks(decodeToMono(await write(folder, 'a.wav', wav)));
  });
}

/** Where the energy of a short sound lies, in samples. */
function centre(samples: Float32Array): number {
  let sum = 0;
  let energy = 0;
  for (const [i, value] of samples.entries()) {
    sum += i * value * value;
    energy += value * value;
  }
  return sum / energy;
}

describe('decodeToMono', () => {
  it.each([44_100, 48_000, 8000, 11_025, 22_050, 32_000, 96_000, 192_000, 352_800, 384_000])(
    'keeps length and time from %i Hz',
    async (rate) => {
      // A length that no ratio divides, and a click in the middle and 20 samples from either end of the output.
      const length = rate + 7;
      const near = Math.ceil((20 * rate) / 22_050);
      for (const at of [near, Math.round(rate * 0.4), length - near]) {
        const click = new Float32Array(length);
        click[at] = 1;
        const out = await throughFile([click], rate);
        expect(Math.abs(out.length - Math.round((length * 22_050) / rate))).toBeLessThanOrEqual(1);
        // A click's height shrinks with the ratio.
        expect(peak(out)).toBeGreaterThan(0.4 * Math.min(1, 22_050 / rate));
        expect(Math.abs(centre(out) - (at * 22_050) / rate)).toBeLessThan(1);
      }
    },
  );

  it('loses nothing at the end', async () => {
    // A tone to the very last sample must be there to the very last sample.
    const out = await throughFile([sine(1000, 44_100, 1)], 44_100);
    expect(out.length).toBe(22_050);
    expect(Math.abs(amplitudeAt(out.slice(-441), 1000, 22_050) - 0.5)).toBeLessThan(0.02);
  });

  it('removes what the lower rate cannot carry and keeps the rest', async () => {
    const inner = (samples: Float32Array) => samples.slice(2000, -2000);
    expect(peak(inner(await throughFile([sine(15_000, 44_100, 1)], 44_100)))).toBeLessThan(
      0.5 * 10 ** (-90 / 20),
    );
    for (const frequency of [50, 4186, 8000]) {
      const out = inner(await throughFile([sine(frequency, 44_100, 1)], 44_100));
      expect(Math.abs(20 * Math.log10(amplitudeAt(out, frequency, 22_050) / 0.5))).toBeLessThan(0.5);
    }
  });

  it('gives blocks of one length', async () => {
    const sizes: number[] = [];
    for await (const block of decodeToMono(fixture('tone.ogg'), { blockSize: 1000 }))
      sizes.push(block.length);
    expect(sizes).toEqual([...Array.from({ length: 22 }, () => 1000), 50]);
  });

  it('averages stereo', async () => {
    const out = await collectBlocks(decodeToMono(fixture('tone.flac')));
    const middle = out.slice(5000, 16_025);
    expect(Math.abs(amplitudeAt(middle, 440, 22_050) - 0.25)).toBeLessThan(0.01);
    expect(Math.abs(amplitudeAt(middle, 660, 22_050) - 0.25)).toBeLessThan(0.01);
  });

  it('decodes a real song with progress that never falls', async () => {
    const progress: DecodeProgress[] = [];
    const ends: DecodeSummary[] = [];
    const onProgress = (step: DecodeProgress) => progress.push(step);
    const onEnd = (summary: DecodeSummary) => ends.push(summary);
    const out = await collectBlocks(decodeToMono(realSong, { onProgress, onEnd }));
    expect(ends).toEqual([
      {
        samples: out.length,
        inputSamples: 5_864_815,
        inputRate: 44_100,
        duration: 5_864_815 / 44_100,
        notes: [],
      },
    ]);
    expect(Math.abs(out.length - 2_932_407.5)).toBeLessThanOrEqual(1);
    expect(progress[0]!.duration).toBeCloseTo(132.989, 3);
    const fractions = progress.map((step) => step.fraction);
    expect(fractions.length).toBeGreaterThan(40);
    expect(fractions).toEqual([...fractions].sort((a, b) => a - b));
    expect(fractions.at(-1)).toBe(1);
    expect(progress.at(-1)!.seconds).toBeCloseTo(132.989, 3);
    const level = Math.sqrt(out.reduce((sum, value) => sum + value * value, 0) / out.length);
    expect(level).toBeGreaterThan(0.02);
    expect(peak(out)).toBeLessThan(1.2);
  });

  it('stops when it is cancelled', async () => {
    const controller = new AbortController();
    const blocks = decodeToMono(realSong, { signal: controller.signal });
    await blocks.next();
    controller.abort();
    const error = await songleafError(async () => {
      for await (const _ of blocks);
    });
    expect(error.code).toBe('cancelled');
  });

  it('streams a two-hour recording in bounded memory', async () => {
    await inTempFolder(async (folder) => {
      const path = join(folder, 'radio.wav');
      const seconds = 7200;
      const file = await open(path, 'w');
      await file.write(wavFile(Buffer.alloc(0), { bits: 8, sampleRate: 8000, dataSize: seconds * 8000 }));
      const minute = encodeSamples([sine(440, 8000, 60)], 8);
      for (let i = 0; i < seconds / 60; i++) await file.write(minute);
      await file.close();
      // In a process of its own, whose memory is not the test runner's. At the file's own rate: resampling two hours
      // takes half a minute and holds no more than a filter's length.
      const module = new URL('../../../main/engine/audio/decode-to-mono.ts', import.meta.url).href;
      const script = `import { decodeToMono } from '${module}';
        const rss = () => process.memoryUsage().rss;
        const before = rss();
        let most = before;
        let samples = 0;
        for await (const block of decodeToMono(process.argv[1], { sampleRate: 8000 })) {
          samples += block.length;
          most = Math.max(most, rss());
        }
        console.log(JSON.stringify({ samples, growth: most - before }));`;
      const { stdout } = await promisify(execFile)(process.execPath, [
        '--input-type=module',
        '-e',
        script,
        path,
      ]);
      const result = JSON.parse(stdout) as { samples: number; growth: number };
      expect(result.samples).toBe(seconds * 8000);
      expect(result.growth).toBeLessThan(150 * 1024 * 1024);
    });
  });
});

describe('openResampler', () => {
  it('gives the same samples however the input is cut', async () => {
    const input = Float32Array.from({ length: 30_000 }, (_, i) => Math.sin(i * i * 1e-5));
    for (const rate of [44_100, 48_000, 11_025]) {
      const convert = (pieces: Float32Array[]) => {
        const resampler = openResampler(rate, 22_050);
        return concat([...pieces.map((piece) => resampler.process(piece)), resampler.finish()]);
      };
      const whole = convert([input]);
      expect(whole.length).toBe(Math.round((30_000 * 22_050) / rate));
      fc.assert(
        fc.property(fc.array(fc.integer({ min: 0, max: 30_000 }), { maxLength: 12 }), (cuts) => {
          const at = [0, ...cuts.sort((a, b) => a - b), input.length];
          const pieces = at.slice(1).map((to, i) => input.subarray(at[i], to));
          expect(convert(pieces)).toEqual(whole);
        }),
        { numRuns: 20 },
      );
    }
  });
});

describe('mixToMono', () => {
  const ones = (count: number) => Array.from({ length: count }, () => new Float32Array([1]));

  it('keeps full scale for any number of channels', () => {
    for (let count = 1; count <= 32; count++) expect(mixToMono(ones(count))[0]).toBeCloseTo(1, 5);
  });

  it('mixes 5.1 by ITU-R BS.775: centre twice a surround, no LFE', () => {
    const weight = (channel: number) => {
      const channels = Array.from({ length: 6 }, (_, i) => new Float32Array([i === channel ? 1 : 0]));
      return mixToMono(channels)[0]!;
    };
    const [left, right, centreWeight, lfe, back, side] = [0, 1, 2, 3, 4, 5].map(weight);
    expect(left).toBe(right);
    expect(back).toBe(side);
    expect(lfe).toBe(0);
    expect(centreWeight! / left!).toBeCloseTo(Math.SQRT2, 5);
    expect(centreWeight! / back!).toBeCloseTo(2, 5);
  });

  it('gives nothing for nothing', () => {
    expect(mixToMono([]).length).toBe(0);
  });
});
