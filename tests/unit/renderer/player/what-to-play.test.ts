import { describe, expect, it } from 'vitest';
import { type Performance, playerSettingsSchema } from '../../../../main/contract/performance.ts';
import { joinTake, loopOf, raise, startFrom } from '../../../../renderer/features/player/what-to-play.ts';
import { barsOf } from '../../../../renderer/features/song/timeline-bars.ts';
import { layOutTimeline } from '../../../../renderer/features/song/timeline-model.ts';
import { readMaterial } from '../../arranger/support/fixtures.ts';

const bars = [0, 2, 4, 6].map((from) => ({ beats: [from, from + 1, from + 2], metreBeats: 2 }));
const note = { start: 0, end: 1, pitch: 60, velocity: 80 };
const take: Performance = { seconds: 8, cents: 12, notes: [note], bars };
const settings = (changed: object) => playerSettingsSchema.parse(changed);

describe('what is played', () => {
  it('is the take in the bars that hold, or the recording alone', () => {
    const heard = { seconds: 9, bars: bars.slice(0, 2) };
    expect(joinTake(take, null)).toEqual(take);
    expect(joinTake(take, heard)).toEqual({ ...take, ...heard });
    expect(joinTake(null, heard)).toEqual({ ...heard, cents: 0, notes: [] });
    expect(joinTake(null, null)).toBeNull();
  });

  it('lies higher by semitones, as far as there are keys', () => {
    expect(raise([note, { ...note, pitch: 126 }], 3)).toEqual([{ ...note, pitch: 63 }]);
  });

  it('goes round a loop that lies inside, and begins in it', () => {
    const looped = settings({ loop: { first: 1, last: 2 } });
    expect(loopOf(take, looped)).toEqual({ from: 2, to: 6 });
    expect(loopOf(take, settings({ loop: { first: 9, last: 12 } }))).toBeNull();
    expect(startFrom(take, looped, 0.5)).toBe(2);
    expect(startFrom(take, looped, 3)).toBe(3);
    expect(startFrom(take, settings({}), 7.95)).toBe(0);
    expect(startFrom(null, settings({}), 7.95)).toBe(7.95);
  });
});

describe('bars of the timeline', () => {
  it('follow one another and hold every beat', () => {
    const { analysis } = readMaterial('pop909-004');
    const heard = barsOf(layOutTimeline(analysis))!;
    expect(heard.bars.flatMap(({ beats }) => beats.slice(0, -1))).toEqual(
      analysis.beats.map(({ time }) => time),
    );
    for (const [i, { beats }] of heard.bars.entries()) {
      if (i > 0) expect(beats[0]).toBe(heard.bars[i - 1]!.beats.at(-1));
      expect(beats.every((time, k) => k === 0 || time > beats[k - 1]!)).toBe(true);
    }
    expect(barsOf(layOutTimeline({ ...analysis, beats: [] }))).toBeNull();
  });
});
