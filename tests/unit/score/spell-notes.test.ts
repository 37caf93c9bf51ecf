import { describe, expect, it } from 'vitest';
import { nameText } from '../../../main/engine/score/harte.ts';
import { findKeys } from '../../../main/engine/score/import/find-keys.ts';
import { spellNotes } from '../../../main/engine/score/spell-notes.ts';

/** Chords of quarters, one a row. */
function chords(...rows: number[][]) {
  return rows.flatMap((pitches, at) =>
    pitches.map((pitch) => ({ start: at * 48, duration: 48, pitch, velocity: 80 })),
  );
}

function names(fifths: number, ...rows: number[][]): string {
  return spellNotes(chords(...rows), () => fifths)
    .map(nameText)
    .join(' ');
}

describe('spellNotes', () => {
  it('names secondary dominants by where they lead', () => {
    // In C: E7 to A minor, then F minor to C.
    expect(names(0, [48, 64, 67], [52, 62, 68, 71], [57, 60, 64])).toBe('C E G E D G# B A C E');
    expect(names(0, [48, 64, 67], [53, 60, 68], [48, 60, 64, 67])).toBe('C E G F C Ab C C E G');
  });

  it('keeps the side of the line of fifths that the signature is on', () => {
    expect(names(-5, [49, 53, 56], [54, 58, 61], [56, 60, 63, 66], [49, 53, 56])).toBe(
      'Db F Ab Gb Bb Db Ab C Eb Gb Db F Ab',
    );
    expect(names(4, [52, 56, 59], [57, 61, 64], [59, 63, 66, 69], [52, 56, 59])).toBe(
      'E G# B A C# E B D# F# A E G# B',
    );
  });

  it('raises the seventh of minor, also where the chord waits for its end', () => {
    expect(names(-3, [48, 63, 67], [43, 65, 71, 74], [48, 63, 67, 72])).toBe('C Eb G G F B D C Eb G C');
  });
});

describe('findKeys', () => {
  const cadence = (tonic: number) =>
    [
      [0, 4, 7],
      [5, 9, 12],
      [7, 11, 14, 17],
      [0, 4, 7, 12],
    ].map((row) => row.map((step) => 48 + tonic + step));
  const bars = Array.from({ length: 24 }, (_, at) => ({ start: at * 192 }));
  const repeat = (tonic: number, times: number) => Array.from({ length: times }, () => cadence(tonic)).flat();

  it('finds one key where little would be saved by another', () => {
    const notes = chords(...repeat(0, 10), ...repeat(7, 4), ...repeat(0, 10));
    expect(findKeys(notes, bars)).toMatchObject([{ start: 0, tonic: 0, mode: 'major' }]);
  });

  it('finds a change that lasts and saves accidentals, at its bar', () => {
    const notes = chords(...repeat(0, 12), ...repeat(4, 12));
    expect(findKeys(notes, bars)).toMatchObject([
      { start: 0, tonic: 0, mode: 'major' },
      { start: 12 * 192, tonic: 4, mode: 'major' },
    ]);
  });
});
