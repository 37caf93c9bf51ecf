import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Arrangement, arrangementSchema } from '../../../main/contract/arrangement.ts';
import { makePlayable } from '../../../main/engine/arranger/playable.ts';
import { assignHands, handLimits } from '../../../main/engine/score/hands.ts';
import { compTakes } from '../../../main/engine/takes/comp-takes.ts';
import { codeOf } from '../library/fixtures.ts';
import { anyArrangement, makeArrangement, note, readArrangement } from '../score/arrangements.ts';

const BAR = 192;
/** Bars 1 and 2 from the first take, 3 and 4 from the second. */
const halves = [
  { take: 0, first: 0, last: 1 },
  { take: 1, first: 2, last: 3 },
];
const join = (notes: Arrangement['notes'], others: Arrangement['notes'], picks = halves) =>
  compTakes([makeArrangement({ notes }), makeArrangement({ notes: others })], picks).notes;

describe('a comp', () => {
  it('plays each bar from the take that was chosen for it', () => {
    const first = [note(0, 48, 60), note(BAR, 48, 62), note(2 * BAR, 48, 64), note(3 * BAR, 48, 65)];
    const second = first.map((each) => ({ ...each, pitch: each.pitch + 12 }));
    const picks = [
      { take: 1, first: 0, last: 0 },
      { take: 0, first: 1, last: 2 },
      { take: 1, first: 3, last: 3 },
    ];
    expect(join(first, second, picks).map(({ pitch }) => pitch)).toEqual([72, 62, 64, 77]);
  });

  it('ends what sounds over a join', () => {
    const notes = join([note(BAR, 2 * BAR, 60)], [note(3 * BAR, 48, 67)]);
    expect(notes).toEqual([note(BAR, BAR, 60), note(3 * BAR, 48, 67)]);
  });

  it('ties a note over a join where the next take holds the same key', () => {
    const notes = join([note(BAR, 2 * BAR, 60)], [note(0, 2 * BAR + 96, 60)]);
    expect(notes).toEqual([note(BAR, BAR + 96, 60)]);
  });

  it('strikes anew at a join what the next take holds and nobody has struck, where half a beat of it is left', () => {
    const held = [note(BAR + 96, 96 + 24, 60, 'melody'), note(BAR + 144, 48 + 23, 64)];
    expect(join([note(0, 48, 55)], held)).toEqual([note(0, 48, 55), note(2 * BAR, 24, 60, 'melody')]);
  });

  it('strikes a key again where the next take does', () => {
    const notes = join([note(BAR, 2 * BAR, 60)], [note(2 * BAR, 48, 60)]);
    expect(notes).toEqual([note(BAR, BAR, 60), note(2 * BAR, 48, 60)]);
  });

  it('ties over several joins in a row', () => {
    const held = [note(0, 4 * BAR, 60)];
    const picks = [0, 1, 2, 3].map((bar) => ({ take: bar % 2, first: bar, last: bar }));
    expect(join(held, held, picks)).toEqual(held);
  });

  it('is playable at the level of the hardest take', () => {
    // Each can be played; what the first holds over the join cannot be held with the second's chord.
    const easy = makeArrangement({ notes: [note(0, 96, 60), note(0, 96, 67)], settings: { level: 'easy' } });
    const full = makeArrangement({
      notes: [60, 64, 67, 71, 74].map((pitch) => note(2 * BAR, 96, pitch)),
    });
    const comp = compTakes([easy, full], halves);
    expect(comp.settings.level).toBe('full');
    expect(comp.notes).toHaveLength(7);
  });

  it('keeps the chords that each passage was written over', () => {
    const chord = (start: number, duration: number, root: number) => ({
      start,
      duration,
      root,
      quality: 'maj' as const,
      bass: root,
      confidence: 1,
    });
    const first = makeArrangement({ chords: [chord(0, 3 * BAR, 0), chord(3 * BAR, BAR, 7)] });
    const second = makeArrangement({ chords: [chord(0, BAR, 5), chord(BAR, 3 * BAR, 0)] });
    expect(compTakes([first, second], halves).chords).toEqual([chord(0, 4 * BAR, 0)]);
    const other = makeArrangement({ chords: [chord(0, 4 * BAR, 5)] });
    expect(compTakes([first, other], halves).chords).toEqual([
      chord(0, 2 * BAR, 0),
      chord(2 * BAR, 2 * BAR, 5),
    ]);
  });

  it('has a melody staff where a take has one', () => {
    const lead = [note(0, 96, 76, 'melody'), note(2 * BAR, 96, 77, 'melody')];
    const sung = makeArrangement({ lead, settings: { melody: 'staff' } });
    const comp = compTakes([sung, makeArrangement()], halves);
    expect(comp.settings.melody).toBe('staff');
    expect(comp.lead).toEqual([lead[0]]);
  });

  it('refuses bars that are left out, named twice, out of order or not there', () => {
    const takes = [makeArrangement(), makeArrangement()];
    const refuse = (...picks: [number, number, number][]) =>
      codeOf(() =>
        compTakes(
          takes,
          picks.map(([take, first, last]) => ({ take, first, last })),
        ),
      );
    expect(refuse([0, 0, 2])).toBe('bad-request');
    expect(refuse([0, 0, 1], [1, 1, 3])).toBe('bad-request');
    expect(refuse([0, 2, 3], [1, 0, 1])).toBe('bad-request');
    expect(refuse([0, 0, 4])).toBe('bad-request');
    expect(refuse([2, 0, 3])).toBe('bad-request');
    expect(refuse([0, 0, 3])).toBe('no error');
  });

  it('refuses takes that were made from other beats', () => {
    const other = makeArrangement({ beatTimes: Array.from({ length: 17 }, (_, beat) => beat * 0.4) });
    expect(codeOf(() => compTakes([makeArrangement(), other], halves))).toBe('analysis-mismatch');
  });

  it('of any takes is a valid take that two hands can play, the same each time', () => {
    fc.assert(
      fc.property(
        anyArrangement(),
        fc.array(fc.nat(40), { minLength: 40, maxLength: 40 }),
        fc.integer({ min: -5, max: 5 }),
        (take, choices, shift) => {
          const playable = { ...take, notes: makePlayable(take.notes, take.settings.level) };
          const moved = playable.notes.map((each) => ({
            ...each,
            pitch: Math.min(108, Math.max(21, each.pitch + shift)),
          }));
          const other = { ...playable, notes: makePlayable(moved, take.settings.level) };
          const picks = take.bars.map((_, bar) => ({ take: choices[bar]! % 2, first: bar, last: bar }));
          const comp = compTakes([playable, other], picks);
          arrangementSchema.parse(comp);
          expect(assignHands(comp.notes, handLimits[comp.settings.level]).unplayable).toEqual([]);
          expect(compTakes([playable, other], picks)).toEqual(comp);
          const last = take.bars.at(-1)!;
          const end = last.start + last.beats * 48;
          for (const each of comp.notes) expect(each.start + each.duration).toBeLessThanOrEqual(end);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('of one take alone is that take', () => {
    for (const name of ['pop909-001', 'pop909-003']) {
      const take = readArrangement(name);
      const picks = take.bars.map((_, bar) => ({ take: bar % 2, first: bar, last: bar }));
      const comp = compTakes([take, structuredClone(take)], picks);
      expect(comp.notes).toEqual(makePlayable(take.notes, take.settings.level));
      expect(comp.chords).toEqual(take.chords);
    }
  });
});
