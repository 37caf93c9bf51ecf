import { describe, expect, it } from 'vitest';
import { arrangeSettingsSchema, type Bar, type Level } from '../../../main/contract/arrangement.ts';
import { HandPlace } from '../../../main/engine/arranger/hand-place.ts';
import type { Layer, LayerNote } from '../../../main/engine/arranger/layers.ts';
import { MelodyView } from '../../../main/engine/arranger/melody.ts';
import { simplifyLayers } from '../../../main/engine/arranger/simplify.ts';

describe('a hand', () => {
  it('moves no farther than it must', () => {
    const hand = new HandPlace();
    expect(hand.distanceTo(60)).toBe(0);
    expect([hand.reach(60, 67), hand.reach(72, 72), hand.reach(76, 76), hand.reach(62, 62)]).toEqual([
      0, 0, 4, 2,
    ]);
    // It lies on 62 to 74 now.
    expect([hand.distanceTo(74), hand.distanceTo(79), hand.distanceTo(60)]).toEqual([0, 5, 2]);
  });
});

describe('thinning', () => {
  const bars: Bar[] = [0, 1].map((bar) => ({ start: bar * 192, beats: 4, metreBeats: 4, unit: 'quarter' }));
  const at = (layer: Layer, start: number, pitch: number): LayerNote => ({
    ...{ layer, start, end: start + 48, pitch },
    weight: 0.5,
  });
  /** Under C, of which the third is named first. */
  const thin = (level: Level, notes: LayerNote[], sung: { start: number; pitch: number }[]) => {
    const melody = new MelodyView(sung.map(({ start, pitch }) => ({ start, end: start + 24, pitch })));
    const harmony = [{ start: 0, end: 384, heard: true, tones: [0, 4, 7], bass: 0 }];
    const grid = { bars, beatTimes: [], metres: [], end: 384 };
    const song = { settings: arrangeSettingsSchema.parse({ level }), melody, harmony, grid };
    return simplifyLayers(notes, song).map(({ pitch }) => pitch);
  };
  const wide = [at('melody', 0, 84), at('upper', 0, 64), at('upper', 0, 79)];
  const near = [at('melody', 0, 64), at('melody', 48, 76), at('upper', 48, 64), at('upper', 48, 72)];

  it('at level intermediate keeps what lies under the hand rather than what names the chord', () => {
    expect(thin('intermediate', wide, [{ start: 0, pitch: 84 }])).toEqual([84, 79]);
    const sung = [
      { start: 0, pitch: 64 },
      { start: 48, pitch: 76 },
    ];
    expect(thin('intermediate', near, sung)).toEqual([64, 76, 64]);
  });

  it('at level full keeps both', () => {
    expect(thin('full', wide, [{ start: 0, pitch: 84 }])).toEqual([84, 64, 79]);
  });
});
