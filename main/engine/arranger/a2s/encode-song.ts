import type { Analysis } from '../../../contract/analysis.ts';
import type { Joins } from '../../../contract/arrangement.ts';
import { SongleafError } from '../../../contract/errors.ts';
import { type Evidence, KEYS } from '../../transcription/evidence.ts';
import { type Network, type NetworkOptions, withNetwork } from '../../transcription/network.ts';
import { joinFloats } from '../join-floats.ts';
import { keepLast } from '../keep-last.ts';
import { layOutSteps, type Step, timeSteps } from '../own/steps.ts';
import type { SongGrid } from '../song-grid.ts';
import { CHORD_WIDTH, layChordRows, WINDOW_BEATS } from './chord-rows.ts';
import { layPosteriors, measureLoudness, PLANES, WINDOW_FRAMES, WINDOW_VALUES } from './posteriors.ts';
import { listStepBars, planWindows, type StepBar, type Window } from './windows.ts';

/** Windows that a network gets at once: their posteriors take 10 MB. */
const BATCH = 64;

/** Diagonal Gaussians, `windows × size`. */
export interface Gaussians {
  size: number;
  mean: Float32Array;
  deviation: Float32Array;
}

/** A song as the networks see it. */
export interface EncodedSong {
  steps: readonly Step[];
  bars: readonly StepBar[];
  /** Whether the first bar is one. */
  pickup: boolean;
  windows: readonly Window[];
  chords: Gaussians;
  audio: Gaussians;
}

/**
 * Sixteenths of the song: four a beat, or six in a dotted quarter, so that the networks' beat is a quarter there too.
 */
export function layOutSixteenths(grid: SongGrid): Step[] {
  return layOutSteps(
    grid,
    grid.bars.map(({ unit }) => unit === 'dotted-quarter'),
  );
}

const keep = keepLast<Evidence, EncodedSong>();

/** Encodes a song with the network `a2s-encode`. @throws SongleafError `model-missing`, `model-corrupt` */
export async function encodeSong(
  analysis: Analysis,
  evidence: Evidence,
  grid: SongGrid,
  joins: Joins,
  networks: NetworkOptions,
): Promise<EncodedSong> {
  return await keep(evidence, [analysis, networks.weightsDir, joins], async () => {
    const steps = layOutSixteenths(grid);
    const bars = listStepBars(steps);
    const pickup = analysis.beats[0].position !== 1;
    const windows = planWindows(bars, pickup, joins === 'two-bar' ? joins : 'first-bar');
    const times = timeSteps(grid, steps);
    const loudness = measureLoudness(evidence);
    const gaussians = await withNetwork('a2s-encode', networks, (network) =>
      encodeWindows(windows, network, (first, row, chords, heard) => {
        layChordRows(analysis.chords, steps, first, chords, row * WINDOW_BEATS * CHORD_WIDTH);
        layPosteriors(evidence, loudness, times, first, heard, row * WINDOW_VALUES);
      }),
    );
    return { steps, bars, pickup, windows, ...gaussians };
  });
}

/** Lays a window from step `first` on into row `row` of a batch. */
type LayWindow = (first: number, row: number, chords: Float32Array, heard: Float32Array) => void;

async function encodeWindows(
  windows: readonly Window[],
  network: Network,
  lay: LayWindow,
): Promise<{ chords: Gaussians; audio: Gaussians }> {
  const outputs: Record<string, Float32Array>[] = [];
  for (let first = 0; first < windows.length; first += BATCH) {
    const batch = windows.slice(first, first + BATCH);
    const chords = new Float32Array(batch.length * WINDOW_BEATS * CHORD_WIDTH);
    const heard = new Float32Array(batch.length * WINDOW_VALUES);
    batch.forEach((window, row) => {
      lay(window.first, row, chords, heard);
    });
    outputs.push(
      await network.run({
        chords: { data: chords, shape: [batch.length, WINDOW_BEATS, CHORD_WIDTH] },
        heard: { data: heard, shape: [batch.length, PLANES, WINDOW_FRAMES, KEYS] },
      }),
    );
  }
  return {
    chords: readGaussians(outputs, 'chords', windows.length),
    audio: readGaussians(outputs, 'audio', windows.length),
  };
}

/** The means and deviations that a graph tells as `NAME_mean` and `NAME_log_deviation`. @throws SongleafError `model-corrupt` */
export function readGaussians(
  outputs: readonly Record<string, Float32Array>[],
  name: string,
  windows: number,
): Gaussians {
  const join = (output: string) => joinFloats(outputs.map((each) => each[output] ?? new Float32Array(0)));
  const mean = join(`${name}_mean`);
  const deviation = join(`${name}_log_deviation`).map(Math.exp);
  if (mean.length === 0 || mean.length % windows !== 0 || deviation.length !== mean.length) throw corrupt();
  return { size: mean.length / windows, mean, deviation };
}

export function corrupt(): SongleafError {
  return new SongleafError(
    'model-corrupt',
    'The arranger’s networks do not answer as they should.',
    'Install Songleaf again.',
  );
}
