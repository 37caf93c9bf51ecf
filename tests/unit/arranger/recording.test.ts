import { beforeAll, describe, expect, it } from 'vitest';
import type { Analysis } from '../../../main/contract/analysis.ts';
import { arrangeSettingsSchema, levelSchema } from '../../../main/contract/arrangement.ts';
import { arrange } from '../../../main/engine/arranger/arranger.ts';
import { Engine } from '../../../main/engine/engine.ts';
import type { Evidence } from '../../../main/engine/transcription/evidence.ts';
import { presentModels } from '../support/models.ts';
import { checkArrangement, melodyRecall } from './support/check-arrangement.ts';

describe('a real recording, heard and analysed', () => {
  let evidence: Evidence;
  let analysis: Analysis;

  beforeAll(async () => {
    const engine = new Engine({ device: 'cpu' });
    try {
      const heard = await engine.hear('tests/fixtures/lets_go_fishin.ogg');
      evidence = heard.evidence;
      analysis = await engine.analyse(heard);
    } finally {
      await engine.close();
    }
  });

  it.each(presentModels)(
    '%s: playable takes with melody and bass, no bar without accompaniment',
    async (model) => {
      for (const level of levelSchema.options) {
        const take = await arrange(analysis, evidence, arrangeSettingsSchema.parse({ model, level }));
        checkArrangement(take);
        expect(melodyRecall(take, analysis.melody)).toBeGreaterThanOrEqual(0.95);
        // The band plays from the first bar to the one before the last.
        const empty = take.bars.slice(0, -1).filter((bar) => {
          const end = bar.start + bar.beats * 48;
          return !take.notes.some(
            (note) => note.role !== 'melody' && note.start < end && note.start + note.duration > bar.start,
          );
        });
        expect(empty, level).toEqual([]);
      }
    },
  );

  it.each(presentModels)('%s: takes of different seeds differ', async (model) => {
    const [first, second] = await Promise.all(
      [1, 2].map((seed) =>
        arrange(analysis, evidence, arrangeSettingsSchema.parse({ model, seed, melody: 'omit' })),
      ),
    );
    const places = new Set(second.notes.map((note) => `${note.start} ${note.pitch}`));
    const same = first.notes.filter((note) => places.has(`${note.start} ${note.pitch}`)).length;
    expect(same / first.notes.length).toBeLessThan(0.9);
  });
});
