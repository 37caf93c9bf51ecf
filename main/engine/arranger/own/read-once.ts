import type { Analysis } from '../../../contract/analysis.ts';
import type { Evidence } from '../../transcription/evidence.ts';
import { type NetworkOptions, withNetwork } from '../../transcription/network.ts';
import { detectNotes } from '../reduction/detect.ts';
import { findTernaryBars } from '../reduction/quantise.ts';
import type { Song } from '../song.ts';
import { samplePlanes } from './planes.ts';
import { type Reading, readSong } from './song-writer.ts';
import { layOutSteps, type Step } from './steps.ts';

/** A song on the network's steps. */
export interface ReadSong {
  steps: readonly Step[];
  reading: Reading;
}

/** What was read last of each song's evidence, as long as somebody holds that: takes of one song are read once. */
const kept = new WeakMap<Evidence, { analysis: Analysis; weightsDir: string; read: ReadSong }>();

/** Reads a song with the network `arranger-reader`. @throws SongleafError `model-missing`, `model-corrupt` */
export async function readOnce(
  analysis: Analysis,
  evidence: Evidence,
  song: Song,
  networks: NetworkOptions,
): Promise<ReadSong> {
  const { weightsDir } = networks;
  const known = kept.get(evidence);
  if (known?.analysis === analysis && known.weightsDir === weightsDir) return known.read;
  const steps = layOutSteps(song.grid, findTernaryBars(detectNotes(evidence), song));
  const planes = samplePlanes(analysis, evidence, song.grid, steps);
  const reading = await withNetwork('arranger-reader', networks, (reader) => readSong(planes, reader));
  const read = { steps, reading };
  kept.set(evidence, { analysis, weightsDir, read });
  return read;
}
