import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chordQualities } from '../../../main/contract/analysis.ts';
import { choosePattern } from '../../../main/engine/arranger/chords/pattern-choice.ts';
import { cellIndex, cellsOfBar, patternsFor } from '../../../main/engine/arranger/chords/patterns.ts';
import { voiceChord } from '../../../main/engine/arranger/chords/voicing.ts';
import { chordTones, type HarmonySpan } from '../../../main/engine/arranger/harmony.ts';

function spanOf(root: number, quality: (typeof chordQualities)[number]): HarmonySpan {
  return { start: 0, end: 192, heard: true, tones: chordTones({ root, quality }), bass: root };
}

const space = { low: 55, high: 76, span: 12, count: 3, centre: 65 };

describe('voiceChord', () => {
  it('moves common progressions by steps', () => {
    // C – a – F – G: no voice moves more than a third when led from the voicing before.
    let previous: number[] | null = null;
    for (const span of [spanOf(0, 'maj'), spanOf(9, 'min'), spanOf(5, 'maj'), spanOf(7, 'maj')]) {
      const voicing: number[] = voiceChord(span, space, previous);
      expect(voicing).toHaveLength(3);
      for (const [i, pitch] of (previous ?? []).entries()) {
        expect(Math.abs(voicing[i] - pitch)).toBeLessThanOrEqual(4);
      }
      previous = voicing;
    }
  });

  it('names the chord: third and seventh before root and fifth', () => {
    const two = voiceChord(spanOf(7, '7'), { ...space, count: 2 }, null);
    expect(two.map((pitch) => pitch % 12).sort()).toEqual([11, 5]);
  });

  it('stays inside any space, in the chord, ascending', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 11 }),
        fc.constantFrom(...chordQualities),
        fc.integer({ min: 40, max: 80 }),
        fc.integer({ min: -3, max: 24 }),
        fc.integer({ min: 1, max: 4 }),
        (root, quality, low, size, count) => {
          const span = spanOf(root, quality);
          const voicing = voiceChord(span, { low, high: low + size, span: 12, count, centre: 64 }, [60, 64]);
          expect(voicing.length).toBeLessThanOrEqual(count);
          voicing.forEach((pitch, i) => {
            expect(pitch).toBeGreaterThanOrEqual(low);
            expect(pitch).toBeLessThanOrEqual(low + size);
            expect(span.tones).toContain(pitch % 12);
            if (i > 0) expect(pitch).toBeGreaterThan(voicing[i - 1]);
          });
          if (voicing.length > 0) expect(voicing.at(-1)! - voicing[0]).toBeLessThanOrEqual(12);
          if (size >= 12) expect(voicing.length).toBeGreaterThan(0);
        },
      ),
    );
  });
});

describe('patterns', () => {
  it('fill every slot of their beat', () => {
    for (const unit of ['quarter', 'dotted-quarter'] as const) {
      for (const pattern of patternsFor(unit)) {
        for (const { bass, lower, upper } of pattern.cells) {
          const slots = unit === 'quarter' ? 4 : 6;
          expect([bass.length, lower.length, upper.length], pattern.name).toEqual([slots, slots, slots]);
          expect(bass, pattern.name).toMatch(/^[.bf]+$/);
          expect(lower, pattern.name).toMatch(/^[.c0-9]+$/);
          expect(upper, pattern.name).toMatch(/^[.c0-9]+$/);
        }
      }
    }
  });

  it('give each metre its strong beats', () => {
    const places = (beats: number) => Array.from({ length: beats }, (_, i) => cellIndex(i, beats));
    expect(places(2)).toEqual([0, 1]);
    expect(places(3)).toEqual([0, 1, 3]);
    expect(places(4)).toEqual([0, 1, 2, 3]);
    expect(places(5)).toEqual([0, 1, 2, 1, 3]);
  });

  it('take the end of the bar in a pickup', () => {
    const [pattern] = patternsFor('quarter');
    expect(cellsOfBar(pattern, 1, 4, true)).toEqual([pattern.cells[3]]);
  });
});

describe('choosePattern', () => {
  const bar = { start: 0, beats: 4, metreBeats: 4, unit: 'quarter' as const };
  const ask = (groove: { all: Float32Array; low: Float32Array } | null, seed: number, label = 'A') =>
    choosePattern({ label, bar, groove, beatSeconds: 0.6, seed });

  it('follows the recording: off-beat chords over a bass on the beats give the off-beat pattern', () => {
    const all = Float32Array.from({ length: 16 }, (_, slot) =>
      slot % 4 === 2 ? 1.2 : slot % 4 === 0 ? 0.6 : 0,
    );
    const low = Float32Array.from({ length: 16 }, (_, slot) => (slot % 4 === 0 ? 1 : 0));
    const chosen = Array.from({ length: 20 }, (_, seed) => ask({ all, low }, seed).name);
    const straight = Float32Array.from({ length: 16 }, (_, slot) => (slot % 4 === 0 ? 1 : 0));
    const others = Array.from({ length: 20 }, (_, seed) => ask({ all: straight, low: straight }, seed).name);
    const share = (names: string[]) => names.filter((name) => name === 'off-beat').length;
    expect(share(chosen)).toBeGreaterThan(share(others));
  });

  it('is the same for the same label and seed, and not for all seeds', () => {
    expect(ask(null, 3)).toBe(ask(null, 3));
    const names = new Set(Array.from({ length: 20 }, (_, seed) => ask(null, seed).name));
    expect(names.size).toBeGreaterThan(1);
  });
});
