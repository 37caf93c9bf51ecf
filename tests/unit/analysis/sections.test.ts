import { describe, expect, it } from 'vitest';
import type { Chord } from '../../../main/contract/analysis.ts';
import { type BeatSound, LEAD_LOWEST, LEAD_PITCHES } from '../../../main/engine/analysis/beat-sound.ts';
import { findSections } from '../../../main/engine/analysis/sections.ts';
import { chromaOf, repeat } from './chroma-of.ts';

const verse = [0, 0, 9, 9, 5, 5, 7, 7];
const chorus = [5, 7, 4, 9, 2, 7, 0, 0];
const bridge = [8, 3, 10, 5, 8, 3, 1, 8];

interface Passage {
  roots: readonly number[];
  tune: number;
}

/** Bars in four of a major triad on each root, with a tune of its own above. */
function play(passages: readonly Passage[]) {
  const bars = passages.flatMap(({ roots, tune }) =>
    roots.map((root, bar) => ({ root, start: tune + bar * 5 })),
  );
  const beats = bars.flatMap(({ root, start }) =>
    [0, 1, 2, 3].map((beat) => ({ root, lead: 72 + ((start + beat * 2) % 12) })),
  );
  const sounds: BeatSound[] = beats.map(({ lead }) => ({
    lead: Array.from({ length: LEAD_PITCHES }, (_, pitch) => (pitch + LEAD_LOWEST === lead ? 0.8 : 0)),
    registers: [0.5, 0.5, 0.5, 0.8],
    flux: repeat(0.2, 8),
    onsets: 4,
    loudness: 0.7,
    sung: 0,
  }));
  const chords = bars.map(
    ({ root }, bar): Chord => ({
      start: bar * 4 * 48,
      duration: 4 * 48,
      root,
      quality: 'maj',
      bass: root,
      confidence: 1,
    }),
  );
  return {
    chroma: chromaOf(beats.map(({ root, lead }) => [root, root + 4, root + 7, lead])),
    chords,
    sounds,
    downbeats: bars.map((_, bar) => bar * 4),
  };
}

function sectionsOf(passages: readonly Passage[]) {
  const { chroma, chords, sounds, downbeats } = play(passages);
  return findSections(chroma, chords, sounds, downbeats);
}

/** The label of each bar in four. */
function labelsOf(passages: readonly Passage[]): string[] {
  return sectionsOf(passages).flatMap((section) => repeat(section.label, section.duration / 48 / 4));
}

const A = { roots: verse, tune: 2 };
const B = { roots: chorus, tune: 7 };
const C = { roots: bridge, tune: 4 };

describe('findSections', () => {
  it('gives a passage that comes again the label that it had', () => {
    const labels = labelsOf([A, B, A, B, C]);
    expect(labels.slice(16, 32)).toEqual(labels.slice(0, 16));
    const known = new Set(labels.slice(0, 32));
    for (const label of labels.slice(32)) expect(known).not.toContain(label);
  });

  it('draws borders where passages of eight bars meet', () => {
    const starts = sectionsOf([A, A, B, A, B, C, B]).map((section) => section.start / 48 / 4);
    for (const border of [16, 24, 32, 40, 48]) expect(starts).toContain(border);
    for (const start of starts) expect(start % 4).toBe(0);
  });

  it('covers the song, whatever it is', () => {
    for (const bars of [1, 2, 5, 33]) {
      const sections = sectionsOf([{ roots: Array.from({ length: bars }, (_, i) => (i * 7) % 12), tune: 0 }]);
      expect(sections.reduce((sum, section) => sum + section.duration, 0)).toBe(bars * 4 * 48);
      expect(sections[0].start).toBe(0);
    }
  });

  it('covers silence and recordings far longer than songs', () => {
    const silent = play([{ roots: repeat(0, 1100), tune: 0 }]);
    const sounds = silent.sounds.map((sound) => ({ ...sound, lead: repeat(0, LEAD_PITCHES), loudness: 0 }));
    const sections = findSections(chromaOf(repeat([], 4400)), [], sounds, silent.downbeats);
    expect(sections.reduce((sum, section) => sum + section.duration, 0)).toBe(4400 * 48);
    for (const section of sections) expect(section.confidence).toBeGreaterThanOrEqual(0);
  });
});
