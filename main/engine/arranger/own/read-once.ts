import type { Analysis } from '../../../contract/analysis.ts';
import type { Evidence } from '../../transcription/evidence.ts';
import { type NetworkOptions, withNetwork } from '../../transcription/network.ts';
import { keepLast } from '../keep-last.ts';
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

const keep = keepLast<Evidence, ReadSong>();

/** Reads a song with the network `arranger-reader`. @throws SongleafError `model-missing`, `model-corrupt` */
export async function readOnce(
  analysis: Analysis,
  evidence: Evidence,
  song: Song,
  networks: NetworkOptions,
): Promise<ReadSong> {
  return await keep(evidence, [analysis, networks.weightsDir], async () => {
    const steps = layOutSteps(song.grid, findTernaryBars(detectNotes(evidence), song));
    const planes = samplePlanes(analysis, evidence, song.grid, steps);
    const reading = await withNetwork('arranger-reader', networks, (reader) => readSong(planes, reader));
    return { steps, reading };
  });
}
