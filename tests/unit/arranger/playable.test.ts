import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ArrangedNote, levelSchema, roleSchema } from '../../../main/contract/arrangement.ts';
import { makePlayable, separateKeys } from '../../../main/engine/arranger/playable.ts';
import { assignHands, handLimits } from '../../../main/engine/score/hands.ts';

function note(
  start: number,
  duration: number,
  pitch: number,
  role: ArrangedNote['role'] = 'inner',
): ArrangedNote {
  return { start, duration, pitch, velocity: 70, role };
}

describe('separateKeys', () => {
  it('cuts a note where its key is struck again and keeps the more important of two at once', () => {
    expect(separateKeys([note(0, 48, 60), note(24, 48, 60, 'melody'), note(24, 12, 60)])).toEqual([
      note(0, 24, 60),
      note(24, 48, 60, 'melody'),
    ]);
  });
});

describe('makePlayable', () => {
  it('shortens a held note rather than dropping the one that needs the hand', () => {
    const notes = [note(0, 192, 36, 'bass'), note(0, 192, 43), note(0, 192, 84, 'melody'), note(48, 96, 40)];
    expect(makePlayable(notes, 'easy')).toEqual([
      note(0, 192, 36, 'bass'),
      note(0, 48, 43),
      note(0, 192, 84, 'melody'),
      note(48, 96, 40),
    ]);
  });

  it('drops inner notes and keeps melody and bass of a chord that is too large', () => {
    const chord = [48, 52, 55, 60, 64, 67, 70].map((pitch) => note(0, 48, pitch));
    const playable = makePlayable([...chord, note(0, 48, 36, 'bass'), note(0, 48, 79, 'melody')], 'easy');
    expect(playable.map(({ role }) => role)).toContain('bass');
    expect(playable.map(({ role }) => role)).toContain('melody');
    expect(playable.length).toBeLessThanOrEqual(4);
  });

  it('leaves nothing that hands cannot hold, whatever it is given', () => {
    const anyNote = fc.record({
      start: fc.integer({ min: 0, max: 40 }).map((slot) => slot * 6),
      duration: fc.integer({ min: 1, max: 120 }),
      pitch: fc.integer({ min: 21, max: 108 }),
      velocity: fc.constant(70),
      role: fc.constantFrom(...roleSchema.options),
    });
    fc.assert(
      fc.property(
        fc.array(anyNote, { maxLength: 60 }),
        fc.constantFrom(...levelSchema.options),
        (notes, level) => {
          const playable = makePlayable(notes, level);
          expect(assignHands(playable, handLimits[level]).unplayable).toEqual([]);
          // Only shortened or left out: every note was given.
          for (const kept of playable) {
            expect(
              notes.some(
                (given) =>
                  given.start === kept.start && given.pitch === kept.pitch && given.duration >= kept.duration,
              ),
            ).toBe(true);
          }
        },
      ),
    );
  });
});
