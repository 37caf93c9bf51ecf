import { describe, expect, it } from 'vitest';
import type { ArrangedNote } from '../../../main/contract/arrangement.ts';
import { engrave } from '../../../main/engine/score/engrave.ts';
import { writeMusicXml } from '../../../main/engine/score/musicxml.ts';
import { straightenSwing } from '../../../main/engine/score/swing.ts';
import { makeArrangement, makeBars, note } from './arrangements.ts';

const high = (start: number, duration: number, pitch = 72): ArrangedNote =>
  note(start, duration, pitch, 'melody');
/** A long and a short note in each of so many beats. */
const shuffle = (from: number, beats: number) =>
  Array.from({ length: beats }, (_, beat) => [
    high(from + beat * 48, 32),
    high(from + beat * 48 + 32, 16, 74),
  ]).flat();
const section = (start: number, label: string) => ({ start, duration: 96, label, confidence: 1 });

describe('straightenSwing', () => {
  it('writes swung beats as straight eighths', () => {
    const { arrangement, swings } = straightenSwing(makeArrangement({ notes: shuffle(0, 8) }));
    expect(swings).toEqual([true, true, true, true]);
    expect(arrangement.notes.slice(0, 4).map(({ start, duration }) => [start, duration])).toEqual([
      [0, 24],
      [24, 24],
      [48, 24],
      [72, 24],
    ]);
  });

  it('leaves triplets with their middle note as they are, in a swung song too', () => {
    const triplet = [high(384, 16), high(400, 16), high(416, 16)];
    const { arrangement } = straightenSwing(makeArrangement({ notes: [...shuffle(0, 8), ...triplet] }));
    expect(arrangement.notes.slice(-3).map(({ start }) => start)).toEqual([384, 400, 416]);
    const alone = makeArrangement({
      notes: [0, 48, 96, 144, 192].flatMap((at) => [high(at, 16), high(at + 16, 16)]),
    });
    expect(straightenSwing(alone).arrangement).toBe(alone);
  });

  it.each([
    ['straight eighths', Array.from({ length: 16 }, (_, at) => high(at * 24, 24))],
    ['a few late off-beats', shuffle(0, 3)],
    [
      'as many straight beats as swung ones',
      [...shuffle(0, 6), ...Array.from({ length: 12 }, (_, at) => high(288 + at * 24, 24))],
    ],
  ])('does not take %s for swing', (_, notes) => {
    const arrangement = makeArrangement({ notes });
    expect(straightenSwing(arrangement)).toEqual({ arrangement, swings: [false, false, false, false] });
  });

  it('reads each section by itself, and moves chords with the notes', () => {
    const bars = makeBars(Array.from({ length: 8 }, () => ({ beats: 4 })));
    const straight = Array.from({ length: 32 }, (_, at) => high(768 + at * 24, 24));
    const chords = [{ start: 32, duration: 160, root: 0, quality: 'maj' as const, bass: 0, confidence: 1 }];
    const sections = [section(0, 'A'), section(768, 'B')];
    const { swings, arrangement } = straightenSwing(
      makeArrangement({ bars, notes: [...shuffle(0, 16), ...straight], chords, sections }),
    );
    expect(swings).toEqual([true, true, true, true, false, false, false, false]);
    expect(arrangement.chords[0]).toMatchObject({ start: 24, duration: 168 });
  });

  it('goes on through a section that does not say otherwise', () => {
    const bars = makeBars(Array.from({ length: 8 }, () => ({ beats: 4 })));
    const sections = [section(0, 'A'), section(768, 'Tag'), section(1152, 'End')];
    const notes = [...shuffle(0, 16), ...shuffle(768, 2), high(1152, 24), high(1176, 24)];
    const { swings, arrangement } = straightenSwing(makeArrangement({ bars, notes, sections }));
    expect(swings).toEqual([true, true, true, true, true, true, false, false]);
    expect(arrangement.notes.map(({ start }) => start)).toContain(768 + 24);
  });

  it('never swings in 6/8', () => {
    const bars = makeBars(Array.from({ length: 4 }, () => ({ beats: 2, unit: 'dotted-quarter' as const })));
    expect(straightenSwing(makeArrangement({ bars, notes: shuffle(0, 8) })).swings).toEqual([
      false,
      false,
      false,
      false,
    ]);
  });

  it('is marked where it begins and where it ends', () => {
    const bars = makeBars(Array.from({ length: 8 }, () => ({ beats: 4 })));
    const straight = Array.from({ length: 32 }, (_, at) => high(768 + at * 24, 24));
    const score = engrave(
      makeArrangement({
        bars,
        notes: [...shuffle(0, 16), ...straight],
        sections: [section(0, 'A'), section(768, 'B')],
      }),
    );
    const marks = score.parts[0]!.measures.map(({ swing }) => swing);
    expect(marks).toEqual(['swing', null, null, null, 'straight', null, null, null]);
    const xml = writeMusicXml(score, { software: 'test', date: '2025-01-01' }).replaceAll(/\s+/g, '');
    expect(xml).toContain('<swing><first>2</first><second>1</second><swing-type>eighth</swing-type></swing>');
    expect(xml).toContain('<swing><straight/></swing>');
    expect(xml).not.toContain('<tuplet');
  });
});
