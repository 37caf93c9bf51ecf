import { describe, expect, it } from 'vitest';
import { arrangeSettingsSchema } from '../../../main/contract/arrangement.ts';
import { arrange } from '../../../main/engine/arranger/arranger.ts';
import { presentModels } from '../support/models.ts';
import { checkArrangement, melodyRecall } from './support/check-arrangement.ts';
import { drawEvidence } from './support/draw-evidence.ts';
import { hasPop909, listSongs, pop909Folder, readSong } from './support/pop909.ts';
import { toAnalysis } from './support/song-fixture.ts';

describe.skipIf(!hasPop909)(`whole songs of POP909 (skipped without ${pop909Folder})`, () => {
  const songs = hasPop909 ? listSongs().filter((_, i) => i % 160 === 3) : [];

  it.each(songs)('song %s: playable, with its melody, as dense as people write', async (name) => {
    const song = readSong(name);
    const analysis = toAnalysis(song);
    const notes = [...song.melody, ...song.accompaniment];
    const evidence = drawEvidence(notes, analysis.song.duration, { hardness: 0.6, seed: 1 });
    for (const model of presentModels) {
      const take = await arrange(analysis, evidence, arrangeSettingsSchema.parse({ model }));
      checkArrangement(take);
      expect(melodyRecall(take, analysis.melody)).toBeGreaterThanOrEqual(0.95);
      const perSecond = take.notes.length / (take.beatTimes.at(-1)! - take.beatTimes[0]);
      expect(perSecond, model).toBeGreaterThan(3);
      expect(perSecond, model).toBeLessThan(11);
    }
  });
});
