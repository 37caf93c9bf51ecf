import { describe, expect, it } from 'vitest';
import { nameText } from '../../../main/engine/score/harte.ts';
import { keySignature } from '../../../main/engine/score/key-signatures.ts';
import { octaveOf, rootFifth, spellPitchClass } from '../../../main/engine/score/spelling.ts';

const key = (tonic: number, mode: 'major' | 'minor' = 'major') => keySignature({ tonic, mode });

function spellAll(tonic: number, mode: 'major' | 'minor'): string {
  return Array.from({ length: 12 }, (_, at) => nameText(spellPitchClass(at, key(tonic, mode), null))).join(
    ' ',
  );
}

describe('spelling', () => {
  it('names every pitch in major with the accidentals of the style', () => {
    expect(spellAll(0, 'major')).toBe('C C# D Eb E F F# G Ab A Bb B');
    expect(spellAll(3, 'major')).toBe('C Db D Eb E F Gb G Ab A Bb Cb');
    expect(spellAll(4, 'major')).toBe('C C# D D# E E# F# G G# A A# B');
  });

  it('names every pitch in minor with its raised sixth and seventh', () => {
    expect(spellAll(9, 'minor')).toBe('C C# D Eb E F F# G G# A Bb B');
    expect(spellAll(0, 'minor')).toBe('C Db D Eb E F Gb G Ab A Bb B');
  });

  it('lets the chord say what a tone is', () => {
    const inC = key(0);
    expect(nameText(spellPitchClass(8, inC, { root: 4, quality: '7' }))).toBe('G#');
    expect(nameText(spellPitchClass(8, inC, { root: 5, quality: 'min' }))).toBe('Ab');
    expect(nameText(spellPitchClass(1, inC, { root: 9, quality: 'maj' }))).toBe('C#');
  });

  it('writes no double accidentals', () => {
    for (let tonic = 0; tonic < 12; tonic++) {
      for (const mode of ['major', 'minor'] as const) {
        for (let root = 0; root < 12; root++) {
          for (let pitch = 0; pitch < 12; pitch++) {
            expect(
              nameText(spellPitchClass(pitch, key(tonic, mode), { root, quality: 'dim7' })).length,
            ).toBeLessThan(3);
          }
        }
      }
    }
  });

  it('stands diminished chords on leading notes', () => {
    expect(nameText(rootFifth(1, 'dim7', key(0)))).toBe('C#');
    expect(nameText(rootFifth(1, 'maj', key(0)))).toBe('Db');
    expect(nameText(rootFifth(11, 'maj', key(6)))).toBe('Cb');
  });

  it('counts octaves by letters', () => {
    expect(octaveOf(60, { step: 'C', alter: 0 })).toBe(4);
    expect(octaveOf(59, { step: 'C', alter: -1 })).toBe(4);
    expect(octaveOf(60, { step: 'B', alter: 1 })).toBe(3);
    expect(octaveOf(21, { step: 'A', alter: 0 })).toBe(0);
  });

  it('gives every key the signature that is read most easily', () => {
    const major = Array.from({ length: 12 }, (_, tonic) => key(tonic).fifths);
    expect(major).toEqual([0, -5, 2, -3, 4, -1, -6, 1, -4, 3, -2, 5]);
    expect(key(9, 'minor').fifths).toBe(0);
    expect(key(6, 'minor').fifths).toBe(3);
    expect(key(3, 'minor').fifths).toBe(-6);
  });
});
