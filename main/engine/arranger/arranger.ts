import type { Analysis } from '../../contract/analysis.ts';
import {
  ARRANGEMENT_VERSION,
  type ArrangedNote,
  type Arrangement,
  type ArrangeSettings,
  type ModelName,
} from '../../contract/arrangement.ts';
import type { Evidence } from '../transcription/evidence.ts';
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
   * need not be sorted or playable: `arrange` sees to that. Pure: equal arguments give equal notes.
   */
  arrange(analysis: Analysis, evidence: Evidence, settings: ArrangeSettings): ArrangedNote[];
}

const models: Record<ModelName, ArrangerModel> = { chords: chordsModel, reduction: reductionModel };

/**
 * Makes one take. A pure function of its arguments and the engine's version: the same bytes each time.
 * Every take is playable: `assignHands` finds nothing to object to at the level's limits.
 * @throws SongleafError `analysis-invalid` when the analysis has no beats or beats out of order
 */
export function arrange(analysis: Analysis, evidence: Evidence, settings: ArrangeSettings): Arrangement {
  const song = layOutSong(analysis, evidence, settings);
  const { grid } = song;
  const written = models[settings.model].arrange(analysis, evidence, settings);
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
    // A tenth of a dB is finer than any ear.
    ...(evidence.frames > 0 ? { loudness: song.dynamics.map((each) => Math.round(each * 10) / 10 + 0) } : {}),
    notes: makePlayable(written, settings.level),
    lead,
  };
}

/** A copy that ends with the song. */
function clip<T extends { start: number; duration: number }>(span: T, end: number): T {
  return { ...span, duration: Math.min(span.duration, end - span.start) };
}
