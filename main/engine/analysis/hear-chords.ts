import type { Chord } from '../../contract/analysis.ts';
import type { Evidence } from '../transcription/evidence.ts';
import { type NetworkOptions, withNetwork } from '../transcription/network.ts';
import { listenForHarmony } from './chords/harmony-listener.ts';
import { type BeatSpans, layOutHalves } from './chords/harmony-rows.ts';
import { hearHalves } from './chords/heard.ts';
import { decodeChords } from './chords.ts';

/**
 * Finds chords on the beat grid: the harmony network names half beats from all that was heard in and around them, and a
 * semi-Markov model decides (`chords.ts`).
 * @throws SongleafError `model-missing`, `model-corrupt`
 */
export async function hearChords(
  evidence: Evidence,
  grid: BeatSpans,
  networks: NetworkOptions,
): Promise<Chord[]> {
  const halves = hearHalves(evidence, grid.frames);
  const rows = layOutHalves(evidence, halves, grid);
  const harmony = await withNetwork('harmony', networks, (network) => listenForHarmony(rows, network));
  return decodeChords(halves, harmony, grid.bars);
}
