import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type TrackedBeat, trackBars } from '../../../main/engine/analysis/bar-pointer.ts';
import { barOptions } from '../../../main/engine/analysis/beats.ts';
import { FRAME_RATE, frameToSeconds } from '../../../main/engine/transcription/evidence.ts';
import { beatF } from '../../bench/support/beat-metrics.ts';
import { type PlayedBeat, playBeats, scorePlayed } from './pulse-of.ts';

function rate(
  played: readonly PlayedBeat[],
  found: readonly TrackedBeat[],
): { beats: number; downbeats: number } {
  const times = (list: readonly PlayedBeat[]) => list.map((beat) => beat.time);
  const heard = found.map(({ frame, position }) => ({ time: frameToSeconds(frame), position }));
  const first = (list: readonly PlayedBeat[]) => times(list.filter((beat) => beat.position === 1));
  return { beats: beatF(times(played), times(heard)), downbeats: beatF(first(played), first(heard)) };
}

const inFour = (bars: number) => new Array<number>(bars).fill(4);

describe('trackBars', () => {
  it('follows a steady song in four', () => {
    const played = playBeats(inFour(30), () => 117.3);
    const score = rate(played, trackBars(scorePlayed(played), barOptions));
    expect(score.beats).toBeGreaterThan(0.98);
    expect(score.downbeats).toBeGreaterThan(0.96);
  });

  it('follows drift by a quarter and a ritardando at the end', () => {
    const played = playBeats(inFour(40), (beat) =>
      beat < 140 ? 96 + beat * 0.2 : 124 * 0.975 ** (beat - 140),
    );
    const score = rate(played, trackBars(scorePlayed(played), barOptions));
    expect(score.beats).toBeGreaterThan(0.97);
    expect(score.downbeats).toBeGreaterThan(0.95);
  });

  it('reads bars of three', () => {
    const played = playBeats(new Array<number>(40).fill(3), () => 140);
    const found = trackBars(scorePlayed(played), barOptions);
    expect(rate(played, found).downbeats).toBeGreaterThan(0.96);
    expect(new Set(found.slice(4, -4).map((beat) => beat.beats))).toEqual(new Set([3]));
  });

  it('changes metre at bar lines, and back', () => {
    const played = playBeats([...inFour(12), ...new Array<number>(12).fill(3), ...inFour(12)], () => 110);
    expect(rate(played, trackBars(scorePlayed(played), barOptions)).downbeats).toBeGreaterThan(0.95);
  });

  it('takes in a lone bar of two', () => {
    const played = playBeats([...inFour(16), 2, ...inFour(16)], () => 100);
    const found = trackBars(scorePlayed(played), barOptions);
    expect(rate(played, found).downbeats).toBeGreaterThan(0.95);
    expect(found.filter((beat) => beat.beats === 2)).toHaveLength(2);
  });

  it('keeps its phase where four bars sound between the beats', () => {
    const played = playBeats(inFour(40), () => 120);
    const misled = played.map((beat, i) => (i >= 60 && i < 76 ? { ...beat, time: beat.time + 0.25 } : beat));
    // Half as sure of the off-beats as of the beats around them.
    const scores = scorePlayed(misled);
    for (let t = Math.round(misled[60].time * FRAME_RATE) - 5; t < misled[76].time * FRAME_RATE - 5; t++) {
      scores.onBeat[t] = scores.onBeat[t] / 4 - 0.75;
    }
    expect(rate(played, trackBars(scores, barOptions)).beats).toBeGreaterThan(0.98);
  });

  it('gives a song of many stretches the same beats as its parts', () => {
    const played = playBeats(inFour(220), (beat) => 118 + 6 * Math.sin(beat / 40));
    const found = trackBars(scorePlayed(played), barOptions);
    expect(found[found.length - 1].frame).toBeGreaterThan(2 * 18_000);
    expect(rate(played, found).beats).toBeGreaterThan(0.99);
    expect(rate(played, found).downbeats).toBeGreaterThan(0.99);
  });

  it('counts every bar in order at any tempo, phase and evidence', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -20, max: 30 }), { minLength: 300, maxLength: 1200 }),
        fc.array(fc.integer({ min: -30, max: 30 }), { minLength: 1, maxLength: 40 }),
        (beat, down) => {
          const on = Float32Array.from(beat, (value) => value / 10);
          const odds = on.map((_, t) => down[t % down.length] / 10);
          const found = trackBars(
            {
              onBeat: on,
              onDownbeat: odds.map((x) => -Math.log1p(Math.exp(-x))),
              offDownbeat: odds.map((x) => -Math.log1p(Math.exp(x))),
              onThree: odds,
            },
            barOptions,
          );
          expect(found.length).toBeGreaterThan(1);
          for (let i = 1; i < found.length; i++) {
            const length = found[i].frame - found[i - 1].frame;
            expect(length).toBeGreaterThanOrEqual(Math.floor((60 * FRAME_RATE) / barOptions.fastest));
            expect(length).toBeLessThanOrEqual(Math.ceil((60 * FRAME_RATE) / barOptions.slowest));
            const { position, beats } = found[i - 1];
            expect(found[i].position).toBe((position % beats) + 1);
          }
        },
      ),
      { numRuns: 30 },
    );
  });

  it('finds nothing in less than two slow beats', () => {
    const played = playBeats([2], () => 120, 0.2);
    expect(trackBars(scorePlayed(played.slice(0, 1)), barOptions)).toEqual([]);
  });
});
