import { describe, expect, it } from 'vitest';
import type { ArrangedNote } from '../../../main/contract/arrangement.ts';
import { scoreOptionsSchema } from '../../../main/contract/score-options.ts';
import { engrave } from '../../../main/engine/score/engrave.ts';
import { moveCost, spanCost } from '../../../main/engine/score/finger-cost.ts';
import { makeArrangement, makeBars, note } from './arrangements.ts';

const options = scoreOptionsSchema.parse({ fingering: true });

/** Fingers of a staff's notes in order; `.` where none is printed. */
function fingers(notes: ArrangedNote[], staff = 1): string {
  const bars = makeBars(Array.from({ length: 4 }, () => ({ beats: 4 })));
  const { measures } = engrave(makeArrangement({ bars, notes }), options).parts[0]!;
  return measures
    .flatMap(({ voices }) => voices.filter((voice) => voice.staff === staff).flatMap(({ events }) => events))
    .flatMap((event) => (event.kind === 'chord' ? event.notes.filter((each) => !each.tieStop) : []))
    .map(({ finger }) => finger ?? '.')
    .join(' ');
}

const line = (pitches: number[], role: 'melody' | 'bass' = 'melody') =>
  pitches.map((pitch, at) => note(at * 48, 48, pitch, role));

describe('setFingers', () => {
  it('puts five neighbours under five fingers and says so once', () => {
    expect(fingers(line([60, 62, 64, 65, 67, 65, 64, 62]))).toBe('1 . . . . . . .');
    expect(fingers(line([48, 50, 52, 53, 55], 'bass'), 2)).toBe('5 . . . .');
  });

  it('passes the thumb under in a scale', () => {
    const scale = fingers(line([60, 62, 64, 65, 67, 69, 71, 72]));
    expect(['1 . . 1 . . . .', '1 . . . 1 . . .']).toContain(scale);
  });

  it('takes octaves with thumb and little finger', () => {
    const notes = [note(0, 48, 36, 'bass'), note(0, 48, 48, 'bass')];
    expect(fingers(notes, 2)).toBe('5 1');
  });

  it('keeps the finger of a held note', () => {
    const moving = [76, 74, 76, 77, 79, 77].map((pitch, at) => note(24 + at * 24, 24, pitch, 'melody'));
    // The thumb holds C: D to G lie under the other fingers, and nothing moves.
    expect(fingers([note(0, 192, 72, 'melody'), ...moving])).toBe('. . . . . . 1');
  });

  it('gives none to more notes than fingers', () => {
    const cluster = Array.from({ length: 12 }, (_, at) => note(0, 96, 54 + at, 'melody'));
    expect(fingers(cluster)).not.toMatch(/\d/);
  });

  it('is not there unless asked for', () => {
    const { measures } = engrave(makeArrangement({ notes: line([60, 62]) })).parts[0]!;
    expect(JSON.stringify(measures)).not.toMatch(/"finger":\d/);
  });
});

describe('the costs of Parncutt et al. (1997)', () => {
  it('are those of its rules', () => {
    // Thumb and second finger: relaxed from 1 to 5 semitones, comfortable to 8.
    expect(spanCost({ finger: 1, pitch: 60 }, { finger: 2, pitch: 65 })).toBe(0);
    expect(spanCost({ finger: 1, pitch: 60 }, { finger: 2, pitch: 67 })).toBe(2);
    expect(spanCost({ finger: 1, pitch: 60 }, { finger: 2, pitch: 69 })).toBe(4 + 2);
    // Without the thumb every semitone counts double.
    expect(spanCost({ finger: 2, pitch: 60 }, { finger: 3, pitch: 63 })).toBe(2);
  });

  it('make a thumb on a black key between white ones, and a pass onto it, dear', () => {
    expect(moveCost({ finger: 2, pitch: 62 }, { finger: 1, pitch: 61 })).toBeGreaterThan(
      moveCost({ finger: 2, pitch: 62 }, { finger: 1, pitch: 60 }),
    );
    const under = moveCost({ finger: 3, pitch: 64 }, { finger: 1, pitch: 65 });
    const onBlack = moveCost({ finger: 3, pitch: 64 }, { finger: 1, pitch: 66 });
    expect(onBlack - under).toBeGreaterThanOrEqual(4);
  });
});
