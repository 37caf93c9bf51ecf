import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { Arrangement } from '../../../main/contract/arrangement.ts';
import { decodeToStereo, type Stereo } from '../../../main/engine/audio/decode-to-stereo.ts';
import { type Beside, exportAudio } from '../../../main/engine/audio-out/export-audio.ts';
import { LoudnessMeter } from '../../../main/engine/audio-out/loudness.ts';
import { performTake } from '../../../main/engine/audio-out/performance.ts';
import { findPianoDir, readPiano } from '../../../main/engine/audio-out/piano-font.ts';
import { encodeSamples, inTempFolder, wavFile, write } from '../audio/helpers.ts';
import { makeArrangement, makeBars, readArrangement } from '../score/arrangements.ts';
import { playBand } from '../support/synth.ts';
import { attacks, attacksAt, lagOf } from './onset-lag.ts';

const RATE = 44_100;
const fishin = fileURLToPath(new URL('../../fixtures/lets_go_fishin.ogg', import.meta.url));
const font = await readPiano(findPianoDir());

async function readAll(file: string): Promise<Stereo> {
  const blocks: Stereo[] = [];
  for await (const block of decodeToStereo(file, { sampleRate: RATE })) blocks.push(block);
  const join = (side: 0 | 1) => {
    const whole = new Float32Array(blocks.reduce((sum, block) => sum + block[side].length, 0));
    let at = 0;
    for (const block of blocks) {
      whole.set(block[side], at);
      at += block[side].length;
    }
    return whole;
  };
  return [join(0), join(1)];
}

async function play(arrangement: Arrangement, target: string, beside: Beside, cents = 0): Promise<Stereo> {
  const format = target.endsWith('.flac') ? 'flac' : 'wav';
  await exportAudio(arrangement, target, { font, cents, beside, format });
  return await readAll(target);
}

function loudnessOf(audio: Stereo, gain = 1): number {
  const meter = new LoudnessMeter(RATE);
  meter.add([audio[0].map((x) => x * gain), audio[1].map((x) => x * gain)]);
  return meter.loudness!;
}

function peakOf(audio: Stereo): number {
  const meter = new LoudnessMeter(RATE);
  meter.add(audio);
  return meter.peak;
}

/** A band that gets faster, and a take of it: each beat's chord. */
const beats = Array.from({ length: 41 }, (_, i) => 0.4 + 0.5 * i - 0.001 * i * i);
const chords = [
  [60, 64, 67],
  [57, 60, 64],
  [65, 69, 72],
  [67, 71, 74],
];
const band = wavFile(encodeSamples([playBand({ beats, beatsPerBar: 4, division: 2, chords })], 16), {
  channels: 1,
  bits: 16,
  sampleRate: 22_050,
});
const bandTake = makeArrangement({
  bars: makeBars(Array.from({ length: 10 }, () => ({ beats: 4 }))),
  beatTimes: beats,
  notes: Array.from({ length: 40 }, (_, beat) =>
    chords[Math.floor(beat / 4) % 4]!.map((pitch) => ({
      start: beat * 48,
      duration: 40,
      pitch,
      velocity: 70,
      role: 'inner' as const,
    })),
  ).flat(),
});

/** Lags of the piano behind the times of its notes, in each quarter of the song. */
function lagsByQuarter(reference: Float32Array, heard: Float32Array, seconds: number): number[] {
  return [0, 1, 2, 3].map((quarter) =>
    lagOf(reference, heard, (quarter * seconds) / 4, ((quarter + 1) * seconds) / 4),
  );
}

describe('a take played into a file', () => {
  it('begins every note where the recording has it, over the whole song', async () => {
    const arrangement = readArrangement('pop909-001');
    const seconds = arrangement.beatTimes.at(-1)!;
    await inTempFolder(async (folder) => {
      const [left] = await play(arrangement, path.join(folder, 'piano.wav'), { mix: 'piano' });
      const times = performTake(arrangement).map((note) => note.start);
      const lags = lagsByQuarter(attacksAt(times, seconds), attacks(left, RATE), seconds);
      for (const lag of lags) expect(Math.abs(lag)).toBeLessThanOrEqual(0.01);
    });
  });

  it('sounds with the recording: in time, as loud, not clipped, and the recording untouched', async () => {
    await inTempFolder(async (folder) => {
      const file = await write(folder, 'band.wav', band);
      const record = await readAll(file);
      const piano = await play(bandTake, path.join(folder, 'piano.flac'), { mix: 'piano' });
      const mix = await play(bandTake, path.join(folder, 'mix.wav'), { mix: 'record', file });
      const lags = lagsByQuarter(attacks(record[0], RATE), attacks(piano[0], RATE), beats.at(-1)!);
      for (const lag of lags) expect(Math.abs(lag)).toBeLessThanOrEqual(0.01);

      // The mix is so much of the one and so much of the other, sample for sample.
      const { a, b, residue } = fitSum(mix[0], piano[0], record[0]);
      expect(residue).toBeLessThan(2e-4);
      expect(Math.abs(loudnessOf(piano, a) - loudnessOf(record, b))).toBeLessThan(0.2);
      expect(peakOf(mix)).toBeLessThan(0.97);
      expect(loudnessOf(mix)).toBeGreaterThan(-24);
    });
  });

  it('gives the same bytes twice', async () => {
    await inTempFolder(async (folder) => {
      const file = await write(folder, 'band.wav', band);
      for (const format of ['wav', 'flac']) {
        const files = [1, 2].map((n) => path.join(folder, `${n}.${format}`));
        for (const target of files) await play(bandTake, target, { mix: 'record', file });
        expect(readFileSync(files[0]!).equals(readFileSync(files[1]!))).toBe(true);
      }
    });
  });

  it('is tuned to the recording', async () => {
    const arrangement = makeArrangement({
      notes: [{ start: 0, duration: 192, pitch: 69, velocity: 90, role: 'melody' }],
    });
    await inTempFolder(async (folder) => {
      for (const cents of [-40, 0, 25]) {
        const [left] = await play(arrangement, path.join(folder, `${cents}.wav`), { mix: 'piano' }, cents);
        const hz = 440 * 2 ** (cents / 1200);
        expect(
          Math.abs(1200 * Math.log2(pitchOf(left.subarray(RATE * 1.2, RATE * 2.2), hz) / hz)),
        ).toBeLessThan(5);
      }
    });
  });

  it('sings with the voice of a stem, and refuses a stem of another song', async () => {
    const voice = Float32Array.from(
      { length: 8 * RATE },
      (_, i) => 0.3 * Math.sin(i / 20) * Math.sin(i / 9000),
    );
    const band = Float32Array.from({ length: 8 * RATE }, (_, i) => 0.3 * Math.sin(i / 7));
    const mono = (samples: Float32Array) =>
      wavFile(encodeSamples([samples, samples], 32, true), { channels: 2, bits: 32, tag: 3 });
    const arrangement = makeArrangement({
      bars: makeBars([{ beats: 4 }, { beats: 4 }]),
      notes: [{ start: 48, duration: 48, pitch: 60, velocity: 70, role: 'melody' }],
    });
    await inTempFolder(async (folder) => {
      const file = await write(folder, 'song.wav', mono(voice.map((x, i) => x + band[i]!)));
      const vocals = await write(folder, 'voice.wav', mono(voice));
      const accompaniment = await write(folder, 'band.wav', mono(band));
      for (const stems of [{ vocals }, { accompaniment }]) {
        const [left] = await play(arrangement, path.join(folder, 'sung.wav'), { mix: 'vocals', file, stems });
        const gain = fitSum(left, voice, band);
        expect(gain.a).toBeGreaterThan(0.05);
        expect(Math.abs(gain.b)).toBeLessThan(0.01 * gain.a);
      }
      const other = { mix: 'vocals', file: fishin, stems: { vocals } } as const;
      await expect(play(arrangement, path.join(folder, 'no.wav'), other)).rejects.toMatchObject({
        code: 'bad-request',
      });
    });
  });

  it('is not written at all where it cannot be', async () => {
    await inTempFolder(async (folder) => {
      const target = path.join(folder, 'not there', 'piano.wav');
      await expect(play(makeArrangement(), target, { mix: 'piano' })).rejects.toMatchObject({
        code: 'file-unwritable',
      });
    });
  });
});

/** `mix` as a × first + b × second by least squares, and the greatest difference that is left. */
function fitSum(mix: Float32Array, first: Float32Array, second: Float32Array) {
  const at = (audio: Float32Array, i: number) => audio[i] ?? 0;
  let [ff, fs, ss, mf, ms] = [0, 0, 0, 0, 0];
  for (let i = 0; i < mix.length; i++) {
    const [m, f, s] = [mix[i]!, at(first, i), at(second, i)];
    ff += f * f;
    fs += f * s;
    ss += s * s;
    mf += m * f;
    ms += m * s;
  }
  const determinant = ff * ss - fs * fs;
  const a = (mf * ss - ms * fs) / determinant;
  const b = (ms * ff - mf * fs) / determinant;
  let residue = 0;
  for (let i = 0; i < mix.length; i++) {
    residue = Math.max(residue, Math.abs(mix[i]! - a * at(first, i) - b * at(second, i)));
  }
  return { a, b, residue };
}

/** The frequency near `hz` that a tone has most of, in Hz. */
function pitchOf(tone: Float32Array, hz: number): number {
  let best = 0;
  let found = 0;
  for (let cents = -60; cents <= 60; cents++) {
    const w = (2 * Math.PI * hz * 2 ** (cents / 1200)) / RATE;
    let [re, im] = [0, 0];
    for (let i = 0; i < tone.length; i++) {
      const window = 1 - Math.cos((2 * Math.PI * i) / tone.length);
      re += window * tone[i]! * Math.cos(w * i);
      im += window * tone[i]! * Math.sin(w * i);
    }
    if (re * re + im * im > best) {
      best = re * re + im * im;
      found = hz * 2 ** (cents / 1200);
    }
  }
  return found;
}
