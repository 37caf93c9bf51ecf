import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assignHands, type HandNote, handLimits } from '../../../main/engine/score/hands.ts';

const full = handLimits.full;

function note(start: number, duration: number, pitch: number, role: HandNote['role'] = 'inner'): HandNote {
  return { start, duration, pitch, role };
}

/** Breaks of the rules at any onset, counted straight from their definition. */
function countBreaks(notes: readonly HandNote[], hands: readonly string[], limits: typeof full): number {
  let breaks = 0;
  for (const { start } of notes) {
    const sounding = notes
      .map((n, i) => ({ ...n, hand: hands[i]! }))
      .filter((n) => n.start <= start && n.start + n.duration > start);
    for (const hand of ['left', 'right']) {
      const pitches = sounding.filter((n) => n.hand === hand).map((n) => n.pitch);
      if (pitches.length > limits.notes) breaks++;
      if (Math.max(...pitches) - Math.min(...pitches) > limits.span) breaks++;
    }
    for (const a of sounding) {
      for (const b of sounding) {
        if (a.hand === 'left' && b.hand === 'right' && a.pitch >= b.pitch) breaks++;
      }
    }
    if (new Set(sounding.map((n) => n.pitch)).size < sounding.length) breaks++;
  }
  return breaks;
}

const anyNotes = fc.array(
  fc.record({
    start: fc.integer({ min: 0, max: 40 }).map((x) => x * 12),
    duration: fc.integer({ min: 1, max: 12 }).map((x) => x * 12),
    pitch: fc.integer({ min: 36, max: 90 }),
    role: fc.constantFrom('melody', 'inner', 'bass'),
  }),
  { maxLength: 60 },
) as fc.Arbitrary<HandNote[]>;

describe('assignHands', () => {
  it('gives melody and bass their hands', () => {
    const notes = [
      note(0, 48, 36, 'bass'),
      note(0, 24, 72, 'melody'),
      note(24, 24, 74, 'melody'),
      note(48, 48, 43, 'bass'),
      note(48, 48, 76, 'melody'),
    ];
    expect(assignHands(notes, full)).toEqual({
      hands: ['left', 'right', 'right', 'left', 'right'],
      unplayable: [],
      playableTicks: [],
    });
  });

  it('keeps a held note in its hand and lets nothing cross it', () => {
    // The bass is held while the melody comes down to just above it.
    const notes = [
      note(0, 192, 48, 'bass'),
      note(0, 48, 64, 'melody'),
      note(48, 48, 55, 'melody'),
      note(96, 48, 50, 'melody'),
    ];
    const { hands, unplayable } = assignHands(notes, full);
    expect(hands).toEqual(['left', 'right', 'right', 'right']);
    expect(unplayable).toEqual([]);
  });

  it('divides a wide chord so that both hands reach', () => {
    const notes = [41, 48, 53, 60, 65, 72].map((pitch) => note(0, 48, pitch));
    const { hands, unplayable } = assignHands(notes, full);
    expect(unplayable).toEqual([]);
    expect(countBreaks(notes, hands, full)).toBe(0);
  });

  it('does not change hands for an inner figure around middle C', () => {
    const pitches = [57, 60, 64, 60, 57, 60, 64, 60];
    const notes = pitches.map((pitch, i) => note(i * 24, 24, pitch));
    expect(new Set(assignHands(notes, full).hands).size).toBe(1);
  });

  it('names the inner note that no hand can reach', () => {
    const notes = [note(0, 48, 36, 'bass'), note(0, 48, 56), note(0, 48, 84, 'melody')];
    const { unplayable, playableTicks } = assignHands(notes, full);
    expect(unplayable).toEqual([1]);
    expect(playableTicks).toEqual([0]);
  });

  it('would rather shorten a held bass than lose the chord above it', () => {
    const notes = [note(0, 192, 36, 'bass'), note(0, 192, 79, 'melody'), note(48, 48, 55), note(48, 48, 60)];
    const { unplayable, playableTicks } = assignHands(notes, full);
    expect(unplayable).toEqual([0]);
    expect(playableTicks).toEqual([48]);
  });

  it('lets only one note have a key', () => {
    const together = [note(0, 48, 60, 'inner'), note(0, 48, 60, 'melody')];
    expect(assignHands(together, full)).toEqual({
      hands: ['right', 'right'],
      unplayable: [0],
      playableTicks: [0],
    });
    const again = [note(0, 96, 60), note(48, 48, 60)];
    expect(assignHands(again, full)).toMatchObject({ unplayable: [0], playableTicks: [48] });
  });

  it('answers nothing for nothing', () => {
    expect(assignHands([], full)).toEqual({ hands: [], unplayable: [], playableTicks: [] });
  });

  it.each(Object.entries(handLimits))('tells the truth about what is playable at level %s', (_, limits) => {
    fc.assert(
      fc.property(anyNotes, (notes) => {
        const first = assignHands(notes, limits);
        if (first.unplayable.length === 0) {
          expect(countBreaks(notes, first.hands, limits)).toBe(0);
          return;
        }
        const ticks = new Map(first.unplayable.map((index, at) => [index, first.playableTicks[at]!]));
        const mended = notes
          .map((n, index) => ({ ...n, duration: ticks.get(index) ?? n.duration }))
          .filter((n) => n.duration > 0);
        expect(
          mended.every((n, i) => mended.length !== notes.length || n.duration <= notes[i]!.duration),
        ).toBe(true);
        const second = assignHands(mended, limits);
        expect(second.unplayable).toEqual([]);
        expect(countBreaks(mended, second.hands, limits)).toBe(0);
      }),
      { numRuns: 150, seed: 4 },
    );
  });

  it('does not depend on the order of the notes', () => {
    fc.assert(
      fc.property(anyNotes, (notes) => {
        const distinct = notes.filter(
          (n, i) => !notes.slice(0, i).some((m) => m.pitch === n.pitch && m.start === n.start),
        );
        const forward = assignHands(distinct, full).hands;
        const backward = assignHands([...distinct].reverse(), full).hands.reverse();
        expect(backward).toEqual(forward);
      }),
      { numRuns: 60, seed: 5 },
    );
  });
});
