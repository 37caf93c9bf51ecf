import { describe, expect, it } from 'vitest';
import { openAudio } from '../../../main/engine/audio/open-audio.ts';
import { openResampler } from '../../../main/engine/audio/resample.ts';
import { VOICE_BAND, WHOLE_BAND } from '../../../main/engine/separation/band.ts';
import { separate } from '../../../main/engine/separation/separate.ts';
import { collectChannels, concat, peak } from '../audio/helpers.ts';
import { collect, distance, inStereoBlocks, readExcerpt, withSeparator } from './passages.ts';

const HOP = 1024;
const passage = 511 * HOP;
const reference = new URL('../../fixtures/separation/fishin_vocals.flac', import.meta.url);

describe('separate', () => {
  it('gives the voice that the Python reference gives', async () => {
    const excerpt = await readExcerpt(30, passage);
    const [, , left, right] = await withSeparator((network) =>
      collect(separate(inStereoBlocks(excerpt), network)),
    );
    const expected = await collectChannels((await openAudio(reference.pathname)).chunks());
    for (const [i, voice] of [left!, right!].entries()) {
      expect(distance(expected[i]!, voice.slice(176_400, 220_500))).toBeGreaterThan(60);
    }
  });

  it('gives the same voice below 5 kHz where only that is heard', async () => {
    const [whole, low] = [
      await readExcerpt(30, passage),
      await readExcerpt(30, 511 * VOICE_BAND.hop, VOICE_BAND),
    ];
    await withSeparator(async (network) => {
      const [, , voice] = await collect(separate(inStereoBlocks(whole), network));
      const [mix, , lowVoice] = await collect(separate(inStereoBlocks(low), network, { band: VOICE_BAND }));
      const resampler = openResampler(WHOLE_BAND.rate, VOICE_BAND.rate);
      const expected = concat([resampler.process(voice!), resampler.finish()]).slice(20_000, 110_000);
      expect(distance(expected, lowVoice!.slice(20_000, 110_000))).toBeGreaterThan(15);
      // The mix itself is not the voice: what is measured is separation.
      expect(distance(expected, mix!.slice(20_000, 110_000))).toBeLessThan(5);
    });
  });

  it('covers the song once, whatever the blocks, and is the mix again with what it leaves', async () => {
    // A passage, its overlap, and an end that is no whole frame.
    const excerpt = await readExcerpt(50, passage + 100 * HOP + 37);
    await withSeparator(async (network) => {
      const whole = await collect(separate(inStereoBlocks(excerpt, 1_000_000), network));
      const [left, right, voiceLeft] = whole;
      expect(left).toEqual(excerpt[0]);
      expect(right).toEqual(excerpt[1]);
      expect(voiceLeft!.length).toBe(left!.length);
      expect(voiceLeft!.every((sample) => Number.isFinite(sample) && Math.abs(sample) < 2)).toBe(true);
      expect(await collect(separate(inStereoBlocks(excerpt, 4099), network))).toEqual(whole);
    });
  });

  it('joins passages without a step', async () => {
    const excerpt = await readExcerpt(30, passage + 200 * HOP);
    await withSeparator(async (network) => {
      const [, , joined] = await collect(separate(inStereoBlocks(excerpt), network));
      const [, , cut] = await collect(
        separate(inStereoBlocks(excerpt), network, { join: { overlap: 0, fade: 1 } }),
      );
      const later = await collect(
        separate(inStereoBlocks([excerpt[0].slice(200 * HOP), excerpt[1].slice(200 * HOP)]), network),
      );
      // The passage that begins later has the join in its middle, so it hears best what is sung there.
      const around = (voice: Float32Array, offset: number) =>
        voice.slice((472 - offset) * HOP, (532 - offset) * HOP);
      const best = around(later[2]!, 200);
      expect(distance(best, around(joined!, 0))).toBeGreaterThan(distance(best, around(cut!, 0)) + 3);
    });
  });

  it('takes songs shorter than a frame, and silence', async () => {
    await withSeparator(async (network) => {
      for (const length of [1, 1023, 5000]) {
        const silence = [new Float32Array(length), new Float32Array(length)] as const;
        const [left, , voice] = await collect(separate(inStereoBlocks(silence), network));
        expect([left!.length, voice!.length]).toEqual([length, length]);
        expect(peak(voice!)).toBe(0);
      }
    });
  });

  it('stops when it is told to', async () => {
    const stop = new AbortController();
    async function* endless() {
      while (true) yield [new Float32Array(65_536), new Float32Array(65_536)] as const;
    }
    await withSeparator(async (network) => {
      const stretches = separate(endless(), network, { signal: stop.signal });
      await stretches.next();
      stop.abort();
      await expect(stretches.next()).rejects.toThrow(/abort/i);
    });
  });
});
