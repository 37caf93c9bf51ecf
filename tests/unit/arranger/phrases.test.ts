import { describe, expect, it } from 'vitest';
import { phraseAt, readPhrases, swellAt } from '../../../main/engine/arranger/phrases.ts';

const line = (...notes: [start: number, end: number, pitch: number][]) =>
  notes.map(([start, end, pitch]) => ({ start, end, pitch }));

describe('phrases', () => {
  it('end where the melody breathes for a beat, and somewhere where it never does', () => {
    const phrases = readPhrases(line([0, 48, 60], [60, 96, 64], [144, 200, 62]));
    expect(phrases).toEqual([
      { start: 0, end: 96, pitch: 62 },
      { start: 144, end: 200, pitch: 62 },
    ]);
    const endless = Array.from({ length: 40 }, (_, i) => ({ start: i * 48, end: i * 48 + 48, pitch: 60 }));
    expect(readPhrases(endless).map(({ start }) => start)).toEqual([0, 16 * 48, 32 * 48]);
  });

  it('are found by tick', () => {
    const phrases = readPhrases(line([0, 48, 60], [144, 200, 62]));
    expect(phraseAt(phrases, 10)?.start).toBe(0);
    expect(phraseAt(phrases, 60)).toBeNull();
    expect(phraseAt(phrases, 150)?.start).toBe(144);
    expect(phraseAt(phrases, 200)).toBeNull();
  });

  it('swell from their begin to behind their middle, and fall', () => {
    const phrase = { start: 0, end: 100, pitch: 60 };
    const swells = [0, 30, 58, 90].map((tick) => swellAt(phrase, tick));
    expect(swells[0]).toBe(-1);
    expect(swells[2]).toBeGreaterThan(0.95);
    expect(swells[1]).toBeLessThan(swells[2]);
    expect(swells[3]).toBeLessThan(swells[1]);
  });
});
