import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { analysisSchema } from '../../../../main/contract/analysis.ts';
import { CHORD_WIDTH, layChordRows, WINDOW_BEATS } from '../../../../main/engine/arranger/a2s/chord-rows.ts';
import { decodeWindows } from '../../../../main/engine/arranger/a2s/decode-windows.ts';
import { encodePrompts } from '../../../../main/engine/arranger/a2s/encode-prompts.ts';
import { encodeSong } from '../../../../main/engine/arranger/a2s/encode-song.ts';
import { followBars } from '../../../../main/engine/arranger/a2s/follow-bars.ts';
import {
  layPosteriors,
  measureLoudness,
  PLANES,
  WINDOW_FRAMES,
  WINDOW_VALUES,
} from '../../../../main/engine/arranger/a2s/posteriors.ts';
import { smoothJoins } from '../../../../main/engine/arranger/a2s/smooth-joins.ts';
import {
  joinWindows,
  listStepBars,
  planWindows,
  type StepBar,
  type WrittenNote,
} from '../../../../main/engine/arranger/a2s/windows.ts';
import { layOutSteps, timeSteps } from '../../../../main/engine/arranger/own/steps.ts';
import { layOutBars } from '../../../../main/engine/arranger/song-grid.ts';
import { type Evidence, KEYS } from '../../../../main/engine/transcription/evidence.ts';
import { allocateEvidence } from '../../../../main/engine/transcription/evidence-file.ts';
import { withNetwork } from '../../../../main/engine/transcription/network.ts';
import { tinyNetworks } from '../support/tiny-a2s.ts';

type Numbers = number[][];
type Note = [step: number, pitch: number, length: number];

/** What Python makes of the drawn song: `python -m songleaf_models.a2s.fixture`. Windows are first, from, to in beats. */
interface Parity {
  plans: Record<string, { positions: number[]; 'first-bar': Numbers; 'two-bar': Numbers }>;
  windows: Numbers;
  chords: string[];
  frames: number[];
  kept: string;
  sums: number[];
  means: Record<'chords' | 'audio' | 'score', Numbers>;
  logDeviations: Numbers;
  score: Note[];
  notes: Note[][];
  prompted: Note[][];
  /** Of windows that begin with every bar, and what is kept of them. */
  overlapping: Note[][];
  /** Of the same windows, each in the texture of what was written a bar earlier. */
  following: Note[][];
  smooth: Numbers;
  joined: [step: number, until: number, pitch: number][];
}

function readFixture(name: string) {
  return JSON.parse(readFileSync(new URL(`../../../fixtures/${name}`, import.meta.url), 'utf8'));
}

const parity: Parity = readFixture('a2s/parity.json');
const drawn = readFixture('arranger/parity.json');
const planes = Object.fromEntries(
  Object.entries(drawn.evidence as Record<string, string>).map(([name, text]) => [
    name,
    Uint8Array.from(Buffer.from(text, 'base64')),
  ]),
);
const evidence: Evidence = { ...allocateEvidence(drawn.frames), ...planes };
const heard = analysisSchema.parse(readFixture('arranger/parity.analysis.json'));
/** All beats quarters, a pickup of one. */
const analysis = {
  ...heard,
  beats: heard.beats.map((beat, i) => ({ ...beat, position: ((i + 3) % 4) + 1 })),
  metres: [heard.metres[0]],
};
const grid = layOutBars(analysis);
const steps = layOutSteps(
  grid,
  grid.bars.map(() => false),
);
const windows = planWindows(listStepBars(steps), true, 'two-bar');

function barsOf(positions: readonly number[]): StepBar[] {
  const starts = positions.flatMap((position, beat) => (beat === 0 || position === 1 ? [beat] : []));
  return starts.map((first, i) => ({ first: 4 * first, last: 4 * (starts[i + 1] ?? positions.length) }));
}

const inBeats = (plan: ReturnType<typeof planWindows>) =>
  plan.map(({ first, from, to }) => [first / 4, from / 4, to / 4]);
const toNotes = (written: readonly WrittenNote[][]) =>
  written.map((notes) => notes.map(({ step, pitch, length }) => [step, pitch, length]));

function expectClose(found: Float32Array, wanted: Numbers, tolerance: number): void {
  const flat = wanted.flat();
  expect(found).toHaveLength(flat.length);
  expect(Math.max(...flat.map((value, i) => Math.abs(value - found[i])))).toBeLessThan(tolerance);
}

describe('the windows of a2s', () => {
  it.each(Object.entries(parity.plans))('lie as in Python: %s', (_, { positions, ...plans }) => {
    const bars = barsOf(positions);
    for (const joins of ['first-bar', 'two-bar'] as const) {
      expect(inBeats(planWindows(bars, positions[0] !== 1, joins)), joins).toEqual(plans[joins]);
    }
  });

  it('have the chords that Python reads', () => {
    expect(inBeats(windows)).toEqual(parity.windows);
    const rows = new Float32Array(windows.length * WINDOW_BEATS * CHORD_WIDTH);
    windows.forEach(({ first }, row) => {
      layChordRows(analysis.chords, steps, first, rows, row * WINDOW_BEATS * CHORD_WIDTH);
    });
    const texts = parity.chords.map((_, beat) =>
      Array.from(rows.subarray(beat * CHORD_WIDTH, (beat + 1) * CHORD_WIDTH)).join(''),
    );
    expect(texts).toEqual(parity.chords);
  });

  it('have the posteriors that the network learned from', () => {
    const loudness = measureLoudness(evidence);
    const found = new Float32Array(windows.length * WINDOW_VALUES);
    windows.forEach(({ first }, row) => {
      layPosteriors(evidence, loudness, timeSteps(grid, steps), first, found, row * WINDOW_VALUES);
    });
    const kept = Buffer.from(parity.kept, 'base64');
    let worst = 0;
    for (let plane = 0; plane < windows.length * PLANES; plane++) {
      const at = plane * WINDOW_FRAMES * KEYS;
      parity.frames.forEach((frame, i) => {
        for (let key = 0; key < KEYS; key++) {
          const wanted = kept[(plane * parity.frames.length + i) * KEYS + key];
          worst = Math.max(worst, Math.abs(255 * found[at + frame * KEYS + key] - wanted));
        }
      });
      for (let frame = 0; frame < WINDOW_FRAMES; frame++) {
        const row = found.subarray(at + frame * KEYS, at + (frame + 1) * KEYS);
        const sum = row.reduce((all, value) => all + value, 0);
        expect(Math.abs(sum - parity.sums[plane * WINDOW_FRAMES + frame])).toBeLessThan(1e-3);
      }
    }
    // Python's are rounded to bytes.
    expect(worst).toBeLessThan(0.501);
  });
});

describe('the networks of a2s', () => {
  it('answer in the engine what they answer in PyTorch, to 1e-4', async () => {
    const { chords, audio } = await encodeSong(analysis, evidence, grid, 'two-bar', tinyNetworks);
    expectClose(chords.mean, parity.means.chords, 1e-4);
    expectClose(audio.mean, parity.means.audio, 1e-4);
    expectClose(audio.deviation.map(Math.log), parity.logDeviations, 1e-4);
    const score = { title: '', steps: 32, bars: [0], notes: parity.score };
    const prompts = await withNetwork('a2s-score', tinyNetworks, (network) =>
      encodePrompts(score, windows.slice(0, 1), true, network),
    );
    expectClose(prompts.mean, parity.means.score, 1e-4);
    const [audioSize, chordSize] = [audio.size, chords.size];
    const size = chordSize + audioSize + prompts.size;
    for (const [score, wanted] of [
      [null, parity.notes],
      [prompts.mean, parity.prompted],
    ] as const) {
      const latents = new Float32Array(windows.length * size);
      windows.forEach((_, row) => {
        latents.set(chords.mean.subarray(row * chordSize, (row + 1) * chordSize), row * size);
        latents.set(audio.mean.subarray(row * audioSize, (row + 1) * audioSize), row * size + chordSize);
        if (score) latents.set(score, row * size + chordSize + audioSize);
      });
      const written = await withNetwork('a2s-decode', tinyNetworks, (network) =>
        decodeWindows(latents, size, network),
      );
      const playable = wanted.map((notes) => notes.filter(([, pitch]) => pitch >= 21 && pitch <= 108));
      expect(toNotes(written)).toEqual(playable);
    }
  });
});

describe('windows that follow', () => {
  it('have the notes that Python writes in the texture of the bar before', async () => {
    const { windows, chords, audio } = await encodeSong(analysis, evidence, grid, 'following', tinyNetworks);
    const scoreAt = chords.size + audio.size;
    const size = scoreAt + parity.means.score[0].length;
    const latents = new Float32Array(windows.length * size);
    windows.forEach((_, row) => {
      latents.set(chords.mean.subarray(row * chords.size, (row + 1) * chords.size), row * size);
      latents.set(audio.mean.subarray(row * audio.size, (row + 1) * audio.size), row * size + chords.size);
    });
    const written = await withNetwork('a2s-score', tinyNetworks, (encoder) =>
      withNetwork('a2s-decode', tinyNetworks, (decoder) =>
        followBars(latents, size, scoreAt, windows, encoder, decoder),
      ),
    );
    expect(toNotes(written)).toEqual(parity.following);
    expect(parity.following).not.toEqual(parity.overlapping);
  });
});

describe('windows that are joined', () => {
  it('have the notes that Python joins them to', () => {
    const written = parity.notes.map((notes) =>
      notes.map(([step, pitch, length]) => ({ step, pitch, length })),
    );
    const joined = joinWindows(windows, written, steps.length);
    expect(joined.map(({ step, until, pitch }) => [step, until, pitch])).toEqual(
      parity.joined.toSorted((a, b) => a[0] - b[0] || a[2] - b[2]),
    );
  });

  it('keep the bars that Python chooses where they overlap', () => {
    const bars = listStepBars(steps);
    const singles = planWindows(bars, true, 'first-bar');
    const written = parity.overlapping.map((notes) =>
      notes.map(([step, pitch, length]) => ({ step, pitch, length })),
    );
    expect(inBeats(smoothJoins(singles, written, bars))).toEqual(parity.smooth);
  });

  it('let a note last until its key is struck again or the song ends', () => {
    const two = [
      { first: 0, from: 0, to: 32, bar: 0 },
      { first: 32, from: 32, to: 48, bar: 2 },
    ];
    const written = [
      [
        { step: 28, pitch: 60, length: 16 },
        { step: 28, pitch: 62, length: 16 },
      ],
      [
        { step: 2, pitch: 60, length: 32 },
        { step: 20, pitch: 70, length: 1 },
      ],
    ];
    expect(joinWindows(two, written, 48)).toEqual([
      { step: 28, pitch: 60, until: 34 },
      { step: 28, pitch: 62, until: 44 },
      { step: 34, pitch: 60, until: 48 },
    ]);
  });
});
