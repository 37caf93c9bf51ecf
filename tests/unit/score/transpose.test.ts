import { describe, expect, it } from 'vitest';
import { scoreOptionsSchema } from '../../../main/contract/score-options.ts';
import { engrave } from '../../../main/engine/score/engrave.ts';
import { easierTransposition, transpose } from '../../../main/engine/score/transpose.ts';
import { makeArrangement, note } from './arrangements.ts';

const key = (tonic: number, mode: 'major' | 'minor' = 'major') => ({ start: 0, tonic, mode, confidence: 1 });

describe('transpose', () => {
  const arrangement = makeArrangement({
    notes: [note(0, 192, 49, 'bass'), note(0, 192, 73, 'melody')],
    lead: [note(0, 192, 73, 'melody')],
    keys: [key(1)],
    chords: [{ start: 0, duration: 192, root: 1, quality: 'maj', bass: 5, confidence: 1 }],
  });

  it('moves notes, chords and keys together', () => {
    const moved = transpose(arrangement, -1);
    expect(moved.notes.map(({ pitch }) => pitch)).toEqual([48, 72]);
    expect(moved.lead.map(({ pitch }) => pitch)).toEqual([72]);
    expect(moved.keys[0]!.tonic).toBe(0);
    expect(moved.chords[0]).toMatchObject({ root: 0, bass: 4 });
    expect(transpose(moved, 1)).toEqual(arrangement);
    expect(transpose(arrangement, 0)).toBe(arrangement);
  });

  it('prints the other key', () => {
    const { parts } = engrave(arrangement, scoreOptionsSchema.parse({ transpose: -1 }));
    expect(parts[0]!.measures[0]!.key).toEqual({ fifths: 0, mode: 'major' });
    expect(parts[0]!.measures[0]!.harmonies[0]).toMatchObject({
      root: { step: 'C', alter: 0 },
      bass: { step: 'E' },
    });
  });

  it('refuses to lead off the piano and says the other way', () => {
    const low = makeArrangement({ notes: [note(0, 48, 22, 'bass')] });
    expect(() => transpose(low, -3)).toThrow(
      expect.objectContaining({ code: 'bad-request', hint: 'Transpose by 9 instead.' }),
    );
  });
});

describe('easierTransposition', () => {
  it.each([
    ['C major', [key(0)], 0],
    ['E flat major, three flats', [key(3)], 0],
    ['D flat major', [key(1)], 1],
    ['B major', [key(11)], 1],
    ['F sharp minor, three sharps', [key(6, 'minor')], 0],
    ['E flat minor', [key(3, 'minor')], 1],
    ['A flat and then A major', [key(8), key(9)], 1],
  ])('of %s', (_, keys, semitones) => {
    expect(easierTransposition(keys)).toBe(semitones);
  });
});
