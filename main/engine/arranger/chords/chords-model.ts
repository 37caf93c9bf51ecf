import type { ArrangerModel } from '../arranger.ts';
import { finishLayers } from '../finish.ts';
import { layOutSong } from '../song.ts';
import { accompany } from './accompaniment.ts';

/** The chord-only baseline: harmony, melody and groove, no note of the recording's own accompaniment. */
export const chordsModel: ArrangerModel = {
  name: 'chords',
  arrange(analysis, evidence, settings) {
    const song = layOutSong(analysis, evidence, settings);
    return finishLayers(accompany(song), song);
  },
};
