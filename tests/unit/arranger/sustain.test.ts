import { describe, expect, it } from 'vitest';
import { arrangeSettingsSchema } from '../../../main/contract/arrangement.ts';
import type { LayerNote } from '../../../main/engine/arranger/layers.ts';
import { MelodyView } from '../../../main/engine/arranger/melody.ts';
import { layOutSong } from '../../../main/engine/arranger/song.ts';
import { sustainLayers } from '../../../main/engine/arranger/sustain.ts';
import { fixtureNames, readMaterial } from './support/fixtures.ts';

const { analysis, evidence } = readMaterial(fixtureNames[0]);

function sustain(
  level: 'easy' | 'full',
  until: number,
  melody: [start: number, end: number, pitch: number][],
) {
  const song = layOutSong(analysis, evidence, arrangeSettingsSchema.parse({ level }));
  const view = new MelodyView(melody.map(([start, end, pitch]) => ({ start, end, pitch })));
  // Another note of the layer begins at tick 24, where the rule would end the first.
  const notes = [0, 24].map(
    (start, i): LayerNote => ({
      layer: 'upper',
      start,
      end: start,
      pitch: 64,
      weight: 1,
      until: i ? 30 : until,
    }),
  );
  const [first] = sustainLayers(notes, { ...song, melody: view }).filter(({ start }) => start === 0);
  return first.end;
}

describe('how long accompaniment sounds', () => {
  it('is until its layer plays again, at level full as long as its writer would hold it', () => {
    expect(sustain('easy', 96, [])).toBe(24);
    expect(sustain('full', 96, [])).toBe(96);
    expect(sustain('full', 12, [])).toBe(24);
  });

  it('is one line in the left hand of level easy', () => {
    const ends = (['easy', 'full'] as const).map((level) => {
      const song = layOutSong(analysis, evidence, arrangeSettingsSchema.parse({ level }));
      const left = (layer: 'bass' | 'lower', start: number): LayerNote => ({
        layer,
        start,
        end: start,
        pitch: 48,
        weight: 1,
      });
      const notes = sustainLayers([left('bass', 0), left('lower', 24)], song);
      return notes.find(({ start }) => start === 0)!.end;
    });
    expect(ends[0]).toBe(24);
    expect(ends[1]).toBeGreaterThan(24);
  });

  it('is never held over a melody note that begins at or below it', () => {
    expect(sustain('full', 96, [[48, 96, 60]])).toBe(48);
    expect(sustain('full', 96, [[48, 96, 72]])).toBe(96);
  });
});
