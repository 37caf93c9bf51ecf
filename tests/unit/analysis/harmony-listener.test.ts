import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { HARMONY_BASSES, listenForHarmony } from '../../../main/engine/analysis/chords/harmony-listener.ts';
import { HARMONY_VALUES, layOutHalves } from '../../../main/engine/analysis/chords/harmony-rows.ts';
import { hearHalves } from '../../../main/engine/analysis/chords/heard.ts';
import { STATES } from '../../../main/engine/analysis/chords/states.ts';
import { hearChords } from '../../../main/engine/analysis/hear-chords.ts';
import { findWeightsDir } from '../../../main/engine/places.ts';
import { loadNetwork, type Network } from '../../../main/engine/transcription/network.ts';
import { evidenceOf, gridOf, type Sounding } from './chord-evidence.ts';
import { repeat } from './chroma-of.ts';

const options = { weightsDir: findWeightsDir(), threads: 1 };
const network = await loadNetwork('harmony', options);

interface Parity {
  halves: number;
  rows: string;
  answers: Record<'chords' | 'bass', number[]>;
}

/** What PyTorch says of a few half beats: `python -m songleaf_models.harmony parity`. */
const parity: Parity = JSON.parse(
  readFileSync(new URL('../../fixtures/harmony/parity.json', import.meta.url), 'utf8'),
);

const C: Sounding = { root: 0, quality: 'maj' };
const F: Sounding = { root: 5, quality: 'maj' };
const G: Sounding = { root: 7, quality: 'maj' };
const Am: Sounding = { root: 9, quality: 'min' };
const cadence = [C, Am, F, G];

describe('the harmony network', () => {
  it('says in the engine what it says in PyTorch, to 1e-3 nats', async () => {
    const data = new Float32Array(new Uint8Array(Buffer.from(parity.rows, 'base64')).buffer);
    const shape = [1, parity.halves, HARMONY_VALUES];
    const answers = await network.run({ halves: { data, shape } });
    for (const [name, expected] of Object.entries(parity.answers)) {
      expect(answers[name]).toHaveLength(expected.length);
      const worst = Math.max(...expected.map((value, i) => Math.abs(value - answers[name][i])));
      expect(worst, name).toBeLessThan(1e-3);
    }
  });

  it('says the same in chunks as in one piece', async () => {
    const halves = Array.from({ length: 80 }, (_, i) => cadence[(i * 7) % 4]).flatMap((c) => repeat(c, 16));
    const evidence = evidenceOf(halves);
    const grid = gridOf(halves.length);
    const rows = layOutHalves(evidence, hearHalves(evidence, grid.frames), grid);
    const heard = await listenForHarmony(rows, network);
    const { chords, bass } = await network.run({
      halves: { data: rows, shape: [1, halves.length, HARMONY_VALUES] },
    });
    expect(heard.chords).toHaveLength(halves.length * STATES);
    expect(heard.bass).toHaveLength(halves.length * HARMONY_BASSES);
    const differ = (told: Float32Array, whole: Float32Array) =>
      told.reduce((most, value, i) => Math.max(most, Math.abs(value - Math.max(-16, whole[i]))), 0);
    // Half a step of the rounding, and what float32 leaves.
    expect(differ(heard.chords, chords)).toBeLessThan(1 / 32 + 1e-3);
    expect(differ(heard.bass, bass)).toBeLessThan(1 / 32 + 1e-3);
  });

  it('refuses a network that answers otherwise', async () => {
    const broken: Network = {
      run: async () => ({ chords: new Float32Array(3), bass: new Float32Array(3) }),
      release: async () => undefined,
    };
    await expect(listenForHarmony(new Float32Array(4 * HARMONY_VALUES), broken)).rejects.toMatchObject({
      code: 'model-corrupt',
    });
  });
});

describe('hearChords', () => {
  it('hears a cadence on its bars, with what the chord network says and without', async () => {
    const halves = [...cadence, ...cadence, C].flatMap((chord) => repeat(chord, 8));
    for (const named of [true, false]) {
      const evidence = evidenceOf(halves);
      if (!named) Object.assign(evidence, { chordFrames: 0, chords: new Uint8Array(0) });
      const chords = await hearChords(evidence, gridOf(halves.length), options);
      expect(chords.map(({ root, duration }) => [root, duration / 48])).toEqual(
        [0, 9, 5, 7, 0, 9, 5, 7, 0].map((root) => [root, 4]),
      );
    }
  });

  it('finds no chords where there are no beats', async () => {
    expect(await hearChords(evidenceOf([]), { frames: [], bars: [] }, options)).toEqual([]);
  });
});
