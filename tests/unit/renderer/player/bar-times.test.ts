import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { describePerformance } from '../../../../main/engine/audio-out/perform.ts';
import {
  barAt,
  barStart,
  beatsOf,
  countInto,
  toScore,
  toSeconds,
} from '../../../../renderer/features/player/bar-times.ts';
import { makeArrangement, makeBars } from '../../score/arrangements.ts';

/** Bars of some beats each, with beats of uneven lengths. */
const songs = fc
  .array(
    fc.tuple(
      fc.integer({ min: 1, max: 7 }),
      fc.array(fc.double({ min: 0.1, max: 2, noNaN: true }), { minLength: 7, maxLength: 7 }),
    ),
    {
      minLength: 1,
      maxLength: 30,
    },
  )
  .map((bars) => {
    let at = 0.3;
    return bars.map(([count, lengths]) => {
      const beats = [at];
      for (const length of lengths.slice(0, count)) {
        at += length;
        beats.push(at);
      }
      return { beats, metreBeats: count };
    });
  });

describe('score and recording', () => {
  it('are the same place seen from both sides', () => {
    fc.assert(
      fc.property(songs, fc.double({ min: 0, max: 0.999, noNaN: true }), (bars, share) => {
        for (const bar of [0, bars.length >> 1, bars.length - 1]) {
          const seconds = toSeconds(bars, { bar, share });
          const place = toScore(bars, seconds);
          expect(toSeconds(bars, place)).toBeCloseTo(seconds, 6);
          if (share > 1e-6) expect(place.bar).toBe(bar);
        }
      }),
    );
  });

  it('move on together, never back', () => {
    fc.assert(
      fc.property(songs, (bars) => {
        let before = -1;
        const end = barStart(bars, bars.length);
        for (let seconds = 0; seconds < end + 1; seconds += end / 200) {
          const { bar, share } = toScore(bars, seconds);
          expect(share).toBeGreaterThanOrEqual(0);
          expect(share).toBeLessThanOrEqual(1);
          expect(bar + share).toBeGreaterThanOrEqual(before - 1e-9);
          before = bar + share;
        }
        expect(before).toBeCloseTo(bars.length, 6);
      }),
    );
  });

  it('keep the beats of a take on the beats of the recording', () => {
    const beatTimes = [0.5, 1, 1.6, 2.1, 2.5, 3.1, 3.5];
    const take = makeArrangement({ bars: makeBars([{ beats: 2, metreBeats: 4 }, { beats: 4 }]), beatTimes });
    const { bars } = describePerformance(take, { tuning: { cents: 7, confidence: 1 } } as never);
    expect(bars).toEqual([
      { beats: [0.5, 1, 1.6], metreBeats: 4 },
      { beats: [1.6, 2.1, 2.5, 3.1, 3.5], metreBeats: 4 },
    ]);
    expect(toScore(bars, 0)).toEqual({ bar: 0, share: 0 });
    expect(toScore(bars, 1)).toEqual({ bar: 0, share: 0.5 });
    expect(toScore(bars, 2.3)).toMatchObject({ bar: 1, share: expect.closeTo(0.375, 9) });
    expect(toScore(bars, 99)).toEqual({ bar: 1, share: 1 });
    expect([barAt(bars, 1.59), barAt(bars, 1.6)]).toEqual([0, 1]);
    // A pickup has no strong beat; the count before it is a whole bar at its tempo.
    expect(beatsOf(bars).map(({ strong }) => strong)).toEqual([false, false, true, false, false, false]);
    expect(countInto(bars, 1).map(({ at }) => at)).toEqual(
      [-0.3, 0.175, 0.65, 1.125].map((at) => expect.closeTo(at, 9)),
    );
  });
});
