import { describe, expect, it } from 'vitest';
import type { Analysis, Chord } from '../../../main/contract/analysis.ts';
import {
  chordTones,
  harmonyAt,
  layOutHarmony,
  tonesByImportance,
} from '../../../main/engine/arranger/harmony.ts';
import { readMaterial } from './support/fixtures.ts';

function withChords(chords: Partial<Chord>[]): Analysis {
  return {
    ...readMaterial('pop909-004').analysis,
    keys: [{ start: 0, tonic: 9, mode: 'minor', confidence: 1 }],
    chords: chords.map((chord) => ({
      start: 0,
      duration: 96,
      root: 0,
      quality: 'maj' as const,
      bass: 0,
      confidence: 1,
      ...chord,
    })),
  };
}

const none = { root: null, quality: null, bass: null };

describe('chordTones', () => {
  it('spells qualities from the root, around the octave', () => {
    expect(chordTones({ root: 9, quality: 'min7' })).toEqual([9, 0, 4, 7]);
    expect(chordTones({ root: 11, quality: 'hdim7' })).toEqual([11, 2, 5, 9]);
    expect(chordTones({ root: null, quality: null })).toEqual([]);
  });
});

describe('layOutHarmony', () => {
  it('covers the song without gaps or overlaps', () => {
    const spans = layOutHarmony(
      withChords([
        { start: 48, duration: 200, root: 5, bass: 9 },
        { start: 96, root: 7, bass: 7 },
        { start: 900, duration: 5000 },
      ]),
      960,
    );
    expect(spans[0].start).toBe(0);
    expect(spans.at(-1)!.end).toBe(960);
    for (let i = 1; i < spans.length; i++) expect(spans[i].start).toBe(spans[i - 1].end);
    expect(harmonyAt(spans, 60)).toMatchObject({ heard: true, bass: 9 });
    expect(harmonyAt(spans, 100)).toMatchObject({ heard: true, bass: 7 });
  });

  it('stands on the fifth of the next chord where none was heard', () => {
    const spans = layOutHarmony(withChords([{ ...none }, { start: 96, root: 2, bass: 2 }]), 192);
    expect(spans[0]).toMatchObject({ heard: false, tones: [2, 9], bass: 2 });
  });

  it('stands on the key where no chord was heard at all', () => {
    const spans = layOutHarmony(withChords([]), 192);
    expect(spans).toEqual([{ start: 0, end: 192, heard: false, tones: [9, 4], bass: 9 }]);
  });

  it('joins neighbours that are the same chord', () => {
    expect(layOutHarmony(withChords([{}, { start: 96 }]), 192)).toHaveLength(1);
  });
});

describe('tonesByImportance', () => {
  it('keeps the third before the root and the plain fifth last', () => {
    const [span] = layOutHarmony(withChords([{ quality: '7' }]), 96);
    expect(tonesByImportance(span)).toEqual([4, 10, 0, 7]);
  });

  it('keeps an altered fifth', () => {
    const [span] = layOutHarmony(withChords([{ quality: 'dim' }]), 96);
    expect(tonesByImportance(span).slice(0, 2)).toEqual([3, 6]);
  });
});
