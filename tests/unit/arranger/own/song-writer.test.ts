import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { analysisSchema } from '../../../../main/contract/analysis.ts';
import {
  HEARD_VALUES,
  MELODY_VALUES,
  type Planes,
  STEP_VALUES,
  samplePlanes,
} from '../../../../main/engine/arranger/own/planes.ts';
import { readSong, SongWriter, type Written } from '../../../../main/engine/arranger/own/song-writer.ts';
import { layOutSteps } from '../../../../main/engine/arranger/own/steps.ts';
import { STYLE_VALUES, tellSettings } from '../../../../main/engine/arranger/own/style.ts';
import { layOutBars } from '../../../../main/engine/arranger/song-grid.ts';
import { findWeightsDir } from '../../../../main/engine/places.ts';
import { type Evidence, KEYS } from '../../../../main/engine/transcription/evidence.ts';
import { allocateEvidence } from '../../../../main/engine/transcription/evidence-file.ts';
import { loadNetwork, type Network } from '../../../../main/engine/transcription/network.ts';

const networks = { weightsDir: findWeightsDir(), threads: 1 };
const reader = await loadNetwork('arranger-reader', networks);
const writing = await loadNetwork('arranger-writer', networks);

/** What Python sees and writes: `python -m songleaf_models.arranger export`. */
interface Parity {
  frames: number;
  evidence: Record<'onset' | 'note' | 'contour' | 'flux' | 'loudness', string>;
  planes: Record<keyof Planes, string>;
  steps: number[];
  notes: number[];
}

function readFixture(name: string) {
  return JSON.parse(readFileSync(new URL(`../../../fixtures/arranger/${name}`, import.meta.url), 'utf8'));
}

const parity: Parity = readFixture('parity.json');
const analysis = analysisSchema.parse(readFixture('parity.analysis.json'));

function decode(planes: Record<string, string>): Record<string, Uint8Array> {
  return Object.fromEntries(
    Object.entries(planes).map(([name, text]) => [name, Uint8Array.from(Buffer.from(text, 'base64'))]),
  );
}

const evidence: Evidence = { ...allocateEvidence(parity.frames), ...decode(parity.evidence) };
const grid = layOutBars(analysis);
const steps = layOutSteps(
  grid,
  grid.bars.map((bar) => bar.unit === 'dotted-quarter'),
);

function drawPlanes(count: number): Planes {
  const draw = (width: number, period: number) =>
    Float32Array.from({ length: count * width }, (_, i) => ((i * i) % period) * (i % 3 === 0 ? 1 : 0));
  return { heard: draw(HEARD_VALUES, 251), melody: draw(MELODY_VALUES, 2), step: draw(STEP_VALUES, 256) };
}

describe('the arranger’s planes', () => {
  it('are those that the network was trained on, value for value', () => {
    const planes = samplePlanes(analysis, evidence, grid, steps);
    for (const [name, expected] of Object.entries(decode(parity.planes))) {
      expect(Array.from(planes[name as keyof Planes]), name).toEqual(Array.from(expected));
    }
  });

  it('are silent where nothing was heard', () => {
    const planes = samplePlanes(analysis, allocateEvidence(0), grid, steps);
    expect(planes.heard.every((value) => value === 0)).toBe(true);
  });
});

describe('the arranger’s network', () => {
  it('writes in the engine what it writes in PyTorch, to 1e-4', async () => {
    const count = steps.length;
    const planes = samplePlanes(analysis, evidence, grid, steps);
    const step = { data: planes.step, shape: [1, count, STEP_VALUES] };
    const { seen } = await reader.run({
      heard: { data: planes.heard, shape: [1, count, HEARD_VALUES] },
      melody: { data: planes.melody, shape: [1, count, MELODY_VALUES] },
      step,
    });
    const cells = (period: number) =>
      Float32Array.from({ length: count * KEYS }, (_, i) => (i % period === 0 ? 1 : 0));
    const { notes } = await writing.run({
      seen: { data: seen, shape: [1, seen.length / count / KEYS, count, KEYS] },
      step,
      style: {
        data: Float32Array.from({ length: count * STYLE_VALUES }, (_, i) => ((i % STYLE_VALUES) % 5) / 4),
        shape: [1, count, STYLE_VALUES],
      },
      settled: { data: cells(7), shape: [1, count, KEYS] },
      visible: { data: cells(3), shape: [1, count, KEYS] },
    });
    const kept = [0, 1, 2, 3, 4].flatMap((answer) =>
      parity.steps.flatMap((t) =>
        Array.from(notes.subarray((answer * count + t) * KEYS, (answer * count + t + 1) * KEYS)),
      ),
    );
    expect(kept).toHaveLength(parity.notes.length);
    expect(Math.max(...kept.map((value, i) => Math.abs(value - parity.notes[i])))).toBeLessThan(1e-4);
  });

  it('writes the same whether or not the song is cut into chunks', async () => {
    const count = 1400;
    const planes = drawPlanes(count);
    const style = new Float32Array(count * STYLE_VALUES);
    const settled = new Float32Array(count * KEYS);
    const write = async (chunk: number): Promise<Written> => {
      const writer = new SongWriter(await readSong(planes, reader, chunk), writing);
      return await writer.write(style, settled, settled);
    };
    const [whole, cut] = [await write(2048), await write(600)];
    for (const name of ['melody', 'bridge', 'piano', 'hold', 'velocity'] as const) {
      let worst = 0;
      whole[name].forEach((value, i) => {
        worst = Math.max(worst, Math.abs(value - cut[name][i]));
      });
      // Of 255: a probability may fall on either side of a half.
      expect(worst, name).toBeLessThanOrEqual(1);
    }
  });

  it('writes the opening of takes in one style once', async () => {
    const count = 40;
    const reading = await readSong(drawPlanes(count), reader);
    let runs = 0;
    const counting: Network = {
      release: () => writing.release(),
      run: (inputs) => {
        runs++;
        return writing.run(inputs);
      },
    };
    const style = new Float32Array(count * STYLE_VALUES);
    const nothing = new Float32Array(count * KEYS);
    const first = await new SongWriter(reading, counting).open(style);
    expect(first).toEqual(await new SongWriter(reading, writing).write(style, nothing, nothing));
    expect(await new SongWriter(reading, counting).open(style.slice())).toEqual(first);
    expect(runs).toBe(1);
    tellSettings(style, 3, { density: 1.5 });
    const denser = await new SongWriter(reading, counting).open(style);
    expect(runs).toBe(2);
    expect(denser).toEqual(await new SongWriter(reading, writing).write(style, nothing, nothing));
    expect(denser).not.toEqual(first);
  });
});
