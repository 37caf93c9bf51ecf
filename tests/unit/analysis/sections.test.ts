import { describe, expect, it } from 'vitest';
import { findSections } from '../../../main/engine/analysis/sections.ts';
import { chromaOf, repeat } from './chroma-of.ts';

const verse = [0, 0, 9, 9, 5, 5, 7, 7];
const chorus = [5, 7, 4, 9, 2, 7, 0, 0];
const bridge = [8, 3, 10, 5, 8, 3, 1, 8];

/** Bars of a major triad on each root, with a melody of its own above. */
function play(roots: readonly number[], tune: number): number[][] {
  return roots.flatMap((root, bar) =>
    [0, 1, 2, 3].map((beat) => [root, root + 4, root + 7, (tune + bar * 5 + beat * 2) % 12]),
  );
}

describe('findSections', () => {
  it('gives a passage that comes again the labels and borders that it had', () => {
    const A = play(verse, 2);
    const B = play(chorus, 7);
    const C = play(bridge, 4);
    const beats = [...A, ...B, ...A, ...B, ...C];
    const downbeats = Array.from({ length: beats.length / 4 }, (_, bar) => bar * 4);
    const sections = findSections(chromaOf(beats), repeat(0.7, beats.length), downbeats);
    const labels = sections.flatMap((section) => repeat(section.label, section.duration / 48 / 4));
    expect(labels.slice(16, 32)).toEqual(labels.slice(0, 16));
    const known = new Set(labels.slice(0, 32));
    for (const label of labels.slice(32)) expect(known).not.toContain(label);
  });

  it('covers the song, whatever it is', () => {
    for (const bars of [1, 2, 5, 33]) {
      const beats = Array.from({ length: bars * 4 }, (_, i) => [(i * 7) % 12]);
      const downbeats = Array.from({ length: bars }, (_, bar) => bar * 4);
      const sections = findSections(chromaOf(beats), repeat(0.5, bars * 4), downbeats);
      expect(sections.reduce((sum, section) => sum + section.duration, 0)).toBe(bars * 4 * 48);
      expect(sections[0].start).toBe(0);
    }
  });
});
