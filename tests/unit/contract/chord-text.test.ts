import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Chord, chordQualities } from '../../../main/contract/analysis.ts';
import { readChord, suggestChords, writeChord } from '../../../main/contract/chord-text.ts';
import {
  nameKey,
  pitchClassName,
  pitchName,
  type SpellingKey,
  withSigns,
} from '../../../main/contract/pitch-names.ts';
import { harteChord, nameText } from '../../../main/engine/score/harte.ts';
import { keySignature } from '../../../main/engine/score/key-signatures.ts';
import { rootFifth } from '../../../main/engine/score/spelling.ts';

const keys = fc.record({
  tonic: fc.nat(11),
  mode: fc.constantFrom('major', 'minor'),
}) as fc.Arbitrary<SpellingKey>;
const chords = fc.record({ root: fc.nat(11), quality: fc.constantFrom(...chordQualities), bass: fc.nat(11) });
const C: SpellingKey = { tonic: 0, mode: 'major' };

describe('chord names', () => {
  it('are read as they are written, on lead sheets and in Harte’s syntax', () => {
    fc.assert(
      fc.property(chords, keys, (chord, key) => {
        expect(readChord(writeChord(chord, key))).toEqual(chord);
        expect(readChord(withSigns(writeChord(chord, key)))).toEqual(chord);
        const whole: Chord = { ...chord, start: 0, duration: 48, confidence: 1 };
        expect(readChord(harteChord(whole, keySignature(key)))).toEqual(chord);
      }),
      { numRuns: 1000 },
    );
  });

  it.each([
    ['Am', 9, 'min', 9],
    ['F#m7b5', 6, 'hdim7', 6],
    ['B♭maj7', 10, 'maj7', 10],
    ['bb', 10, 'maj', 10],
    ['EbΔ', 3, 'maj7', 3],
    ['C-7', 0, 'min7', 0],
    ['C ø', 0, 'hdim7', 0],
    ['Gsus', 7, 'sus4', 7],
    ['D7(9)', 2, '9', 2],
    ['Cm(maj7)', 0, 'minmaj7', 0],
    ['A°7', 9, 'dim7', 9],
    ['Bb/D', 10, 'maj', 2],
    ['C:maj(9)', 0, 'add9', 0],
    ['C:min7/b3', 0, 'min7', 3],
    ['E:maj/3', 4, 'maj', 8],
  ] as const)('reads %s', (text, root, quality, bass) => {
    expect(readChord(text)).toEqual({ root, quality, bass });
  });

  it.each(['N', 'n.c.', 'NC'])('reads %s as no chord', (text) => {
    expect(readChord(text)).toEqual({ root: null, quality: null, bass: null });
  });

  it.each(['', 'H', 'Cmaj13#11', 'C/', 'C/D/E', 'C/9', 'Am7x', '<b>', 'constructor'])(
    'reads no chord from %j',
    (text) => {
      expect(readChord(text)).toBeNull();
    },
  );

  it('are spelled in the key as scores spell them', () => {
    for (const mode of ['major', 'minor'] as const) {
      for (let n = 0; n < 144; n++) {
        const key = { tonic: Math.floor(n / 12), mode };
        const name = nameText(rootFifth(n % 12, 'maj', keySignature(key)));
        expect(pitchClassName(n % 12, key)).toBe(name);
      }
    }
    const minor = [1, 3, 6, 8, 10].map((tonic) => nameKey({ tonic, mode: 'minor' }));
    expect(minor).toEqual(['C# minor', 'Eb minor', 'F# minor', 'G# minor', 'Bb minor']);
    expect(nameKey({ tonic: 6, mode: 'major' })).toBe('Gb major');
    expect(withSigns('F#m7b5/Bb')).toBe('F♯m7♭5/B♭');
    expect(withSigns('Abb')).toBe('A♭♭');
    expect(pitchName(60, C)).toBe('C4');
    expect(pitchName(70, { tonic: 5, mode: 'major' })).toBe('Bb4');
  });

  it('are suggested while they are typed', () => {
    const names = (text: string) => suggestChords(text, C).map((chord) => writeChord(chord, C));
    expect(names('')).toEqual(['C', 'Am', 'F', 'G', 'Dm', 'Em', 'G7', 'N.C.']);
    expect(names('Am')[0]).toBe('Am');
    expect(names('Am')).toContain('Am7');
    expect(names('Am7')).toEqual(['Am7', 'Am7b5']);
    expect(names('G:su')).toEqual(['Gsus2', 'Gsus4']);
    expect(names('C/')[0]).toBe('C/E');
    expect(names('C/B')).toEqual(['C/B', 'C/Bb']);
    expect(names('xyz')).toEqual([]);
    const likely = [{ root: 2, quality: '7', bass: 2 }] as const;
    expect(suggestChords('', C, likely)[0]).toEqual(likely[0]);
  });
});
