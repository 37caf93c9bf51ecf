import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { describe, expect, it } from 'vitest';
import { findWeightsDir } from '../../../main/engine/places.ts';
import { readManifest, readWeights } from '../../../main/engine/weights.ts';

const folder = findWeightsDir();
const manifest = await readManifest(folder);

function open(bytes: Uint8Array): Promise<InferenceSession> {
  return InferenceSession.create(bytes, { executionProviders: ['cpu'], intraOpNumThreads: 1 });
}

describe('the networks of the manifest', () => {
  it.each(manifest.weights)('$file loads and has the inputs and outputs that are written', async (entry) => {
    const bytes = await readWeights(folder, entry.name);
    expect(bytes.byteLength).toBe(entry.bytes);
    const session = await open(bytes);
    expect([...session.inputNames]).toEqual(Object.keys(entry.inputs));
    expect([...session.outputNames]).toEqual(Object.keys(entry.outputs));
    await session.release();
  });

  it.each(manifest.weights)('$file comes with its licence and credit', async (entry) => {
    expect(entry.licenceFiles.length).toBeGreaterThan(0);
    for (const file of entry.licenceFiles) {
      expect((await readFile(path.join(folder, file), 'utf8')).length).toBeGreaterThan(500);
    }
    expect(entry.credit).not.toBe('');
  });

  it('stay under 100 MB together', async () => {
    const sizes = await Promise.all(
      manifest.weights.map(async ({ file }) => (await stat(path.join(folder, file))).size),
    );
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(100e6);
  });
});

describe('the constant-Q transform and a chord network', () => {
  it('name the chords of a cadence', async () => {
    const rate = 22_050;
    const cadence = [
      [48, 60, 64, 67],
      [41, 60, 65, 69],
      [43, 59, 62, 67],
      [48, 60, 64, 67],
    ];
    // Each chord is struck twice, a second each.
    const audio = new Float32Array(rate * cadence.length * 2);
    for (let second = 0; second < cadence.length * 2; second++) {
      for (const pitch of cadence[second >> 1]) {
        for (let partial = 1; partial <= 6; partial++) {
          const step = (2 * Math.PI * partial * 440 * 2 ** ((pitch - 69) / 12)) / rate;
          for (let n = 0; n < rate; n++) {
            audio[second * rate + n] += (0.05 * Math.sin(step * n) * Math.exp(-n / rate)) / partial;
          }
        }
      }
    }
    const cqt = await open(await readWeights(folder, 'cqt'));
    const { magnitudes } = await cqt.run({
      audio: new Tensor('float32', audio, [1, audio.length]),
      tuning: new Tensor('float32', [0], [1]),
    });
    const frames = 1 + Math.floor(audio.length / 512);
    expect(magnitudes.dims).toEqual([1, frames, 252]);

    const chords = await open(await readWeights(folder, 'chords-4'));
    const { logits } = await chords.run({ magnitudes });
    expect(logits.dims).toEqual([1, frames, 100]);
    const heard = cadence.map((_, chord) => {
      const frame = Math.round(((chord * 2 + 0.5) * rate) / 512);
      const triads = (logits.data as Float32Array).subarray(frame * 100, frame * 100 + 73);
      return triads.indexOf(Math.max(...triads));
    });
    // Major triads are the classes 1 (on C) to 12 (on B).
    expect(heard).toEqual([1, 6, 8, 1]);
  });
});

describe('the beat network', () => {
  it('hears the same song in one piece and in two', async () => {
    const entry = manifest.weights.find(({ name }) => name === 'beatnet')!;
    const size = entry.inputs.state[1] as number;
    const session = await open(await readWeights(folder, 'beatnet'));
    const [hop, frame, frames, cut] = [441, 1411, 200, 77];
    const audio = new Float32Array((frames - 1) * hop + frame);
    for (let n = 0; n < audio.length; n++) {
      audio[n] = 0.4 * Math.sin(n * (0.05 + (n % 5000) / 1e5)) * Math.exp(-(n % 11_025) / 2000);
    }
    const hear = (first: number, count: number, state: Tensor) => {
      const samples = audio.slice(first * hop, (first + count - 1) * hop + frame);
      return session.run({ audio: new Tensor('float32', samples, [1, samples.length]), state });
    };
    const start = new Tensor('float32', new Float32Array(size), [1, size]);
    const whole = await hear(0, frames, start);
    const head = await hear(0, cut, start);
    const tail = await hear(cut, frames - cut, head.state_next as Tensor);
    expect(whole.activations.dims).toEqual([3, frames, 3]);
    expect(tail.activations.dims).toEqual([3, frames - cut, 3]);
    const wholeData = whole.activations.data as Float32Array;
    const tailData = tail.activations.data as Float32Array;
    for (let network = 0; network < 3; network++) {
      for (let n = 0; n < (frames - cut) * 3; n++) {
        const expected = wholeData[network * frames * 3 + cut * 3 + n];
        expect(Math.abs(tailData[network * (frames - cut) * 3 + n] - expected)).toBeLessThan(1e-4);
      }
    }
  });
});
