import { ANALYSIS_VERSION, type Analysis, type SongInfo } from '../../contract/analysis.ts';
import type { Stage } from '../../contract/jobs.ts';
import { findWeightsDir } from '../places.ts';
import type { Evidence } from '../transcription/evidence.ts';
import { type NetworkOptions, withNetwork } from '../transcription/network.ts';
import { ENGINE_VERSION } from '../version.ts';
import { measureBeatSound } from './beat-sound.ts';
import { type BeatGrid, findBeatGrid } from './beats.ts';
import { measureChroma } from './chroma.ts';
import { hearChords } from './hear-chords.ts';
import { hearPulse } from './hear-pulse.ts';
import { findKeys } from './keys.ts';
import { findMelody } from './melody.ts';
import { listenForMelody } from './melody-listener.ts';
import { findSections } from './sections.ts';
import { measureTuning } from './tuning.ts';

export interface AnalyseOptions {
  /** Told when a stage begins; may wait, so that progress shows and cancelling works between stages. */
  onStage?: (stage: Stage) => void | Promise<void>;
  /** Where the networks lie, and their threads; beside the program, the runtime's choice where left out. */
  networks?: NetworkOptions;
}

/**
 * Turns what was heard into a musical description: beats, bars, metre, tempo, chords, keys, melody, sections, tuning.
 * Deterministic: the same evidence gives the same analysis.
 * @throws SongleafError `model-missing`, `model-corrupt`
 */
export async function analyse(
  evidence: Evidence,
  song: SongInfo,
  options: AnalyseOptions = {},
): Promise<Analysis> {
  await options.onStage?.('beats');
  const networks = options.networks ?? { weightsDir: findWeightsDir(), threads: 0 };
  const pulse = await withNetwork('pulse', networks, (network) => hearPulse(evidence, network));
  const grid = findBeatGrid(evidence, pulse);
  await options.onStage?.('chords');
  const chroma = measureChroma(evidence, grid.frames);
  const chords = await hearChords(evidence, grid, networks);
  const downbeats = listDownbeats(grid);
  const keys = findKeys(chroma, chords, downbeats);
  await options.onStage?.('melody');
  const line = await withNetwork('melody', networks, (network) => listenForMelody(evidence, network));
  const melody = findMelody(line, grid.frames, grid.unit);
  const sounds = measureBeatSound(evidence, grid.frames, melody);
  const sections = findSections(chroma, chords, sounds, downbeats);
  return {
    format: 'songleaf-analysis',
    version: ANALYSIS_VERSION,
    engine: ENGINE_VERSION,
    song,
    tuning: measureTuning(evidence),
    tempo: { bpm: grid.bpm, confidence: grid.confidence },
    beats: grid.beats,
    readings: grid.readings,
    metres: grid.metres,
    chords,
    keys,
    melody,
    sections,
  };
}

/** Beats at which bars begin; a pickup counts as the first bar. */
function listDownbeats(grid: BeatGrid): number[] {
  return grid.bars.flatMap((bar, i) => (i === 0 || bar.position === 1 ? [i] : []));
}
