import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  type Arrangement,
  type ArrangeSettings,
  arrangeSettingsSchema,
  type TextureScore,
  textureScoreSchema,
} from '../../../../main/contract/arrangement.ts';
import { morphSettings } from '../../../../main/engine/arranger/a2s/morph.ts';
import { arrange } from '../../../../main/engine/arranger/arranger.ts';
import { followTexture, readLatents } from '../../../../main/engine/arranger/own/follow-texture.ts';
import { countBeats, layPassage, listOnsets } from '../../../../main/engine/arranger/own/lay-passage.ts';
import { measureSettings } from '../../../../main/engine/arranger/own/measure-settings.ts';
import { layOutSteps } from '../../../../main/engine/arranger/own/steps.ts';
import { STYLE_VALUES } from '../../../../main/engine/arranger/own/style.ts';
import { layOutBars } from '../../../../main/engine/arranger/song-grid.ts';
import { findWeightsDir } from '../../../../main/engine/places.ts';
import { KEYS } from '../../../../main/engine/transcription/evidence.ts';
import { loadNetwork } from '../../../../main/engine/transcription/network.ts';
import { checkArrangement } from '../support/check-arrangement.ts';
import { fixtureNames, readMaterial } from '../support/fixtures.ts';

const network = await loadNetwork('arranger-style', { weightsDir: findWeightsDir(), threads: 1 });
const { analysis, evidence } = readMaterial(fixtureNames[0]);

/** A drawn texture and what Python tells of it: `python -m songleaf_models.arranger export`. */
interface Parity {
  notes: TextureScore['notes'];
  mean: number[];
  logDeviation: number[];
  settings: Record<'density' | 'register' | 'drive', number>;
}
const file = new URL('../../../fixtures/arranger/parity.json', import.meta.url);
const parity: Parity = JSON.parse(readFileSync(file, 'utf8')).texture;

/** Bars of `length` sixteenths, each with the same notes. */
function scoreOf(count: number, length: number, notes: TextureScore['notes']): TextureScore {
  const bars = Array.from({ length: count }, (_, bar) => bar * length);
  const all = bars.flatMap((at) => notes.map(([step, pitch, lasts]) => [at + step, pitch, lasts]));
  return textureScoreSchema.parse({ title: 'x', steps: count * length, bars, notes: all });
}

/** Whole notes high up, and sixteenths low down. */
const sparse = scoreOf(
  8,
  16,
  [67, 72, 76].map((pitch) => [0, pitch, 16]),
);
const dense = scoreOf(
  8,
  16,
  Array.from({ length: 16 }, (_, step) => [step, [36, 48, 43, 52][step % 4], 1]),
);

async function take(settings: Partial<ArrangeSettings> = {}): Promise<Arrangement> {
  return await arrange(analysis, evidence, arrangeSettingsSchema.parse({ melody: 'omit', ...settings }));
}
const following = (score: TextureScore, settings: Partial<ArrangeSettings> = {}) =>
  take({ ...settings, style: { kind: 'score', score } });
const meanPitch = ({ notes }: Arrangement) => notes.reduce((sum, { pitch }) => sum + pitch, 0) / notes.length;

describe('a passage of other music', () => {
  const largest = (found: Float32Array, expected: readonly number[]) =>
    Math.max(...expected.map((value, i) => Math.abs(found[i] - value)));

  it('is told in the engine what it is told in PyTorch, to 1e-4', async () => {
    const bars = Array.from({ length: 8 }, (_, bar) => 16 * bar);
    const score = { title: 'drawn', steps: 128, bars, notes: parity.notes };
    const passage = layPassage(score, 0, 4, 'quarter');
    const { mean, logDeviation } = await readLatents([passage], network);
    expect(largest(mean, parity.mean)).toBeLessThan(1e-4);
    expect(largest(logDeviation, parity.logDeviation)).toBeLessThan(1e-4);
    const settings = measureSettings(listOnsets(passage), countBeats(passage));
    for (const [name, value] of Object.entries(parity.settings)) {
      expect(settings[name as 'density'], name).toBeCloseTo(value, 4);
    }
  });

  it('begins with its bar and goes round at the end', () => {
    const score = { title: 'x', steps: 20, bars: [0, 12], notes: [[12, 60, 2] as [number, number, number]] };
    const onsets = listOnsets(layPassage(score, 1, 4, 'quarter'));
    const steps = [...onsets.keys()].filter((cell) => onsets[cell] === 1).map((cell) => (cell - 39) / KEYS);
    expect(steps).toEqual([0, 20, 40, 60, 80, 100, 120]);
  });

  it('is laid on sixths of a beat: sixteenths of a compound beat each, those of a quarter on the nearest', () => {
    const beat = scoreOf(1, 6, [
      [0, 60, 1],
      [1, 62, 1],
      [3, 64, 1],
    ]);
    const begin = (unit: 'quarter' | 'dotted-quarter') => {
      const onsets = listOnsets(layPassage(beat, 0, 6, unit));
      return [...onsets.keys()]
        .filter((cell) => onsets[cell] === 1)
        .slice(0, 3)
        .map((cell) => Math.floor(cell / KEYS));
    };
    expect(begin('dotted-quarter')).toEqual([0, 1, 3]);
    expect(begin('quarter')).toEqual([0, 2, 5]);
    expect(countBeats(layPassage(beat, 0, 6, 'dotted-quarter'))).toBe(22);
  });

  it('is told to eight bars at a time, and no setting where it is silent', async () => {
    const quiet = { ...scoreOf(16, 16, [[0, 60, 4]]), notes: [[0, 60, 4] as [number, number, number]] };
    const grid = layOutBars(analysis);
    const steps = layOutSteps(
      grid,
      grid.bars.map(() => false),
    );
    const style = await followTexture(quiet, grid, steps, network);
    const pickup = grid.bars[0].beats < grid.bars[0].metreBeats ? 1 : 0;
    const isTold = (bar: number, value: number) =>
      style[steps.findIndex((step) => step.bar === bar + pickup) * STYLE_VALUES + value];
    // Whether the density is told, and the latent.
    expect([0, 7, 8].map((bar) => isTold(bar, 4))).toEqual([1, 1, 0]);
    expect([0, 7, 8].map((bar) => isTold(bar, STYLE_VALUES - 1))).toEqual([1, 1, 1]);
  });
});

describe('a take that follows other music', () => {
  it('is as dense and as high as that, against one that follows other music still', async () => {
    const [thin, thick] = [await following(sparse), await following(dense)];
    checkArrangement(thin);
    checkArrangement(thick);
    // The record, in which the piano is heard clearly, has its say as well.
    expect(thick.notes.length).toBeGreaterThan(1.3 * thin.notes.length);
    expect(meanPitch(thin)).toBeGreaterThan(meanPitch(thick) + 2);
  });

  it('is the same for the same settings and seed', async () => {
    const notes = async (seed: number) => JSON.stringify((await following(dense, { seed })).notes);
    expect(await notes(2)).toBe(await notes(2));
    expect(await notes(2)).not.toBe(await notes(3));
  });

  it('has what a player asks for himself', async () => {
    const [plain, high, thin] = [
      await following(dense),
      await following(dense, { texture: { register: 2 } }),
      await following(dense, { texture: { density: -2 } }),
    ];
    expect(meanPitch(high)).toBeGreaterThan(meanPitch(plain) + 1);
    expect(thin.notes.length).toBeLessThan(plain.notes.length);
  });

  it.each([
    ['one bar of one sixteenth', scoreOf(1, 1, [[0, 60, 32]])],
    ['bars of seven eighths', scoreOf(3, 14, [[3, 40, 5]])],
    ['keys beyond the piano', scoreOf(2, 12, [[0, 5, 4]])],
  ])('may follow %s', async (_, score) => {
    checkArrangement(await following(score));
  });
});

describe('a take between two of the learned arranger', () => {
  it('lies between them in density, and at the ends is what they are', async () => {
    const [one, other] = [await following(sparse), await following(dense)];
    const between = async (share: number) => {
      const settings = morphSettings({ arrangement: one }, { arrangement: other }, share);
      expect(settings.model).toBe('songleaf');
      return (await arrange(analysis, evidence, settings)).notes;
    };
    const half = await between(0.5);
    expect(await between(0)).toEqual(one.notes);
    expect(await between(1)).toEqual(other.notes);
    expect(half.length).toBeGreaterThan(one.notes.length);
    expect(half.length).toBeLessThan(other.notes.length);
  });

  it('goes by the notes of takes with settings of a player’s own', async () => {
    const [one, other] = [await following(sparse, { texture: { drive: 1 } }), await following(dense)];
    const { style } = morphSettings({ arrangement: one }, { arrangement: other }, 0.5);
    expect(style).toMatchObject({ from: { style: { kind: 'score', score: { title: one.song.title } } } });
    expect(style).toMatchObject({ to: { style: { kind: 'score', score: { title: 'x' } } } });
  });

  it('goes by the notes of an end that has the song’s own texture', async () => {
    const end = { seed: 1, freedom: 0, style: { kind: 'song' as const } };
    const thin = { ...end, style: { kind: 'score' as const, score: sparse } };
    const between = await take({ style: { kind: 'morph', from: thin, to: end, share: 1 } });
    checkArrangement(between);
    expect(between.notes.length).toBeGreaterThan(1.5 * (await following(sparse)).notes.length);
  });
});
