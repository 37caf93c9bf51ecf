import type { Analysis } from '../../contract/analysis.ts';
import {
  ARRANGEMENT_VERSION,
  type ArrangedNote,
  type Arrangement,
  type ArrangeSettings,
  type ModelName,
} from '../../contract/arrangement.ts';
import { findWeightsDir } from '../places.ts';
import type { Evidence } from '../transcription/evidence.ts';
import type { NetworkOptions } from '../transcription/network.ts';
import { ENGINE_VERSION } from '../version.ts';
import { chordsModel } from './chords/chords-model.ts';
import { makePlayable, separateKeys } from './playable.ts';
import { reductionModel } from './reduction/reduction-model.ts';
import { layOutSong } from './song.ts';
import { sungNotes, toArranged } from './velocity.ts';

/** Something that writes piano notes for a song. */
export interface ArrangerModel {
  readonly name: ModelName;
  /**
   * Writes the piano's notes on the analysis' ticks, melody included where `settings.melody` is `include`. The notes
   * need not be sorted or playable: `arrange` sees to that. Equal arguments and networks give equal notes.
   * @throws SongleafError `model-missing`, `model-corrupt` where the model has networks
   */
  arrange(
    analysis: Analysis,
    evidence: Evidence,
    settings: ArrangeSettings,
    networks: NetworkOptions,
  ): ArrangedNote[] | Promise<ArrangedNote[]>;
}

const models: Record<ModelName, ArrangerModel> = { chords: chordsModel, reduction: reductionModel };

/**
 * Makes one take. It depends on nothing but its arguments and the engine's version: the same bytes each time.
 * Every take is playable: `assignHands` finds nothing to object to at the level's limits.
 * @param networks where the networks lie, and their threads; beside the program, the runtime's choice where left out
 * @throws SongleafError `analysis-invalid` when the analysis has no beats or beats out of order, and what the model can
 * throw
 */
export async function arrange(
  analysis: Analysis,
  evidence: Evidence,
  settings: ArrangeSettings,
  networks: NetworkOptions = { weightsDir: findWeightsDir(), threads: 0 },
): Promise<Arrangement> {
  const song = layOutSong(analysis, evidence, settings);
  const { grid } = song;
  const written = await models[settings.model].arrange(analysis, evidence, settings, networks);
  const lead = settings.melody === 'staff' ? separateKeys(toArranged(sungNotes(song.sung), song)) : [];
  return {
    format: 'songleaf-arrangement',
    version: ARRANGEMENT_VERSION,
    engine: ENGINE_VERSION,
    song: { ...analysis.song },
    settings: { ...settings },
    beatTimes: grid.beatTimes,
    bpm: analysis.tempo.bpm,
    bars: grid.bars,
    metres: grid.metres,
    keys: analysis.keys.map((key) => ({ ...key })),
    chords: analysis.chords.filter((chord) => chord.start < grid.end).map((chord) => clip(chord, grid.end)),
    sections: analysis.sections
      .filter((section) => section.start < grid.end)
      .map((section) => clip(section, grid.end)),
    notes: makePlayable(written, settings.level),
    lead,
  };
}

/** A copy that ends with the song. */
function clip<T extends { start: number; duration: number }>(span: T, end: number): T {
  return { ...span, duration: Math.min(span.duration, end - span.start) };
}
