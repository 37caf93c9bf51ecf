import { describe, expect, it } from 'vitest';
import { trackBars } from '../../../main/engine/analysis/bar-pointer.ts';
import { barOptions } from '../../../main/engine/analysis/beats.ts';
import { listReadings, rateBars } from '../../../main/engine/analysis/readings.ts';
import { playBeats, scorePlayed } from './pulse-of.ts';

const inFour = (bars: number) => new Array<number>(bars).fill(4);

describe('listReadings', () => {
  it('shares one between the beats as found and every other reading', () => {
    const scores = scorePlayed(
      playBeats(inFour(24), () => 104),
      2,
      0.2,
    );
    const found = trackBars(scores, barOptions);
    const readings = listReadings(scores, found, 104);
    const sum = readings.reduce((total, reading) => total + reading.likelihood, 0);
    expect(sum).toBeLessThan(1);
    expect(readings.map((reading) => reading.likelihood)).toEqual(
      readings.map((reading) => reading.likelihood).toSorted((a, b) => b - a),
    );
  });

  it('puts the half bar first where one and three sound alike', () => {
    const played = playBeats(inFour(24), () => 104);
    const scores = scorePlayed(played, 3, 1.5);
    const alike = scorePlayed(
      played.map((beat) => ({ ...beat, position: beat.position % 2 === 1 ? 1 : 2 })),
      3,
      1.2,
    );
    const found = trackBars(scores, barOptions);
    const readings = listReadings(alike, found, 104);
    expect(readings[0]).toMatchObject({ change: 'shift', beats: 2 });
    expect(readings[0].likelihood).toBeGreaterThan(0.3);
  });

  it('puts double tempo first where something sounds like a beat between all beats', () => {
    const played = playBeats(inFour(24), () => 70);
    const scores = scorePlayed(played, 3, 2);
    const found = trackBars(scores, { ...barOptions, fastest: 100 });
    const twice = scorePlayed(
      playBeats(inFour(48), () => 140),
      1,
      2,
    );
    const mixed = { ...scores, onBeat: scores.onBeat.map((value, t) => Math.max(value, twice.onBeat[t])) };
    const [first] = listReadings(mixed, found, 70);
    expect(first.change).toBe('double');
  });

  it('finds no other reading of less than four beats', () => {
    const scores = scorePlayed(playBeats([3], () => 100));
    expect(listReadings(scores, trackBars(scores, barOptions).slice(0, 3), 100)).toEqual([]);
  });
});

describe('rateBars', () => {
  it('is sure of clear bars and unsure where every beat sounds alike', () => {
    const played = playBeats(inFour(32), () => 120);
    const clear = scorePlayed(played, 3, 1.5);
    const vague = scorePlayed(played, 3, 0);
    const found = trackBars(clear, barOptions);
    expect(Math.min(...rateBars(clear, found))).toBeGreaterThan(0.75);
    expect(Math.max(...rateBars(vague, found))).toBeLessThan(0.3);
  });
});
