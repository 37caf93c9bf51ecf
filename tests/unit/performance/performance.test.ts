import { describe, expect, it } from 'vitest';
import { performTake } from '../../../main/engine/audio-out/performance.ts';
import { pedalTake } from '../../../main/engine/performance/pedalling.ts';
import { spreadChords } from '../../../main/engine/performance/spread-chords.ts';
import { makeArrangement } from '../score/arrangements.ts';

const BAR = 192;
const note = (start: number, pitch: number, duration = 24) => ({
  ...{ start, duration, pitch },
  velocity: 80,
  role: 'inner' as const,
});
const chord = (start: number, root: number, duration: number) => ({
  ...{ start, duration, root },
  quality: 'maj' as const,
  bass: root,
  confidence: 1,
});

describe('the pedal', () => {
  it('changes with the harmony and with the bar, and goes down behind the stroke', () => {
    const take = makeArrangement({
      chords: [chord(0, 0, 96), chord(96, 5, BAR + 96)],
      notes: [0, 96, BAR, BAR + 96].map((start) => note(start, 60, 48)),
    });
    const strokes = pedalTake(take);
    expect(strokes.map(({ up }) => up)).toEqual([96, BAR, BAR + 96 + 48 + 48]);
    expect(strokes.map(({ down }) => down)).toEqual([4, 100, BAR + 4]);
  });

  it('stays up in pauses, where nothing is played, and in harmonies that rush by', () => {
    const quick = [0, 12, 24, 36].map((start, i) => chord(start, i, 12));
    const take = makeArrangement({
      chords: [...quick, chord(48, 7, 3 * BAR)],
      notes: [note(0, 60, 6), note(12, 61, 6), note(2 * BAR, 67, 24)],
    });
    expect(pedalTake(take)).toEqual([{ down: 2 * BAR + 4, up: 2 * BAR + 24 + 48 }]);
  });

  it('holds what was struck until it comes up, and no key twice', () => {
    const take = makeArrangement({
      chords: [chord(0, 0, 96), chord(96, 5, 96)],
      notes: [note(0, 48, 12), note(24, 60, 12), note(48, 60, 12), note(120, 64, 12)],
    });
    const played = performTake(take);
    const at = (tick: number) => 1 + tick / 96;
    expect(played[0].end).toBeCloseTo(at(96), 6);
    expect(played[1].end).toBeLessThan(at(48));
    expect(played[2].end).toBeCloseTo(at(96), 6);
  });
});

describe('chords', () => {
  it('are broken from the bass up by a few milliseconds, the top on time', () => {
    const wide = [72, 40, 60, 55].map((pitch) => ({ start: 48, pitch }));
    const early = spreadChords(wide);
    expect(early[0]).toBe(0);
    expect(early[1]).toBeGreaterThan(early[3]);
    expect(early[3]).toBeGreaterThan(early[2]);
    expect(Math.max(...early)).toBeLessThanOrEqual(0.02);
    expect(
      spreadChords([
        { start: 0, pitch: 40 },
        { start: 0, pitch: 60 },
      ]),
    ).toEqual([0, 0]);
  });

  it('begin no earlier than the recording', () => {
    const beatTimes = Array.from({ length: 17 }, (_, beat) => beat * 0.5);
    const take = makeArrangement({ beatTimes, notes: [40, 52, 60, 76].map((pitch) => note(0, pitch)) });
    expect(Math.min(...performTake(take).map(({ start }) => start))).toBe(0);
  });
});
