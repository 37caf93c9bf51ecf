import { describe, expect, it } from 'vitest';
import { type Arrangement, arrangeSettingsSchema } from '../../../../main/contract/arrangement.ts';
import { arrange } from '../../../../main/engine/arranger/arranger.ts';
import { gradeTake } from '../../../../main/engine/arranger/facts/grade.ts';
import { measureTake } from '../../../../main/engine/arranger/facts/measure-take.ts';
import { makeArrangement } from '../../score/arrangements.ts';
import { fixtureNames, readMaterial } from '../support/fixtures.ts';

const { analysis, evidence } = readMaterial(fixtureNames[0]);
const nothing = { ...evidence, frames: 0 };
const note = (start: number, pitch: number, role: 'melody' | 'inner' | 'bass' = 'inner', duration = 24) => ({
  ...{ start, duration, pitch, role },
  velocity: 80,
});
const withNotes = (notes: Arrangement['notes']) => measureTake(makeArrangement({ notes }), nothing);

describe('what is measured of a take', () => {
  it('density counts what is struck over the time in which it sounds', () => {
    // Two beats of the take, then a chord of three that lasts half a beat.
    const take = makeArrangement({
      notes: [note(0, 60), note(48, 62), note(96, 64), note(96, 67), note(96, 71)],
    });
    const seconds = take.beatTimes[2] + (take.beatTimes[3] - take.beatTimes[2]) / 2 - take.beatTimes[0];
    const { density } = measureTake(take, nothing);
    expect(density.notesPerSecond).toBeCloseTo(5 / seconds, 2);
    expect(density.onsetsPerSecond).toBeCloseTo(3 / seconds, 2);
    expect(density.notesPerOnset).toBeCloseTo(5 / 3, 2);
  });

  it('hands are told apart by span, and by how far they have to move', () => {
    const { hands } = withNotes([
      note(0, 36, 'bass'),
      note(0, 72, 'melody'),
      note(48, 48, 'bass'),
      note(48, 74, 'melody'),
      note(48, 67),
      note(96, 52, 'bass'),
    ]);
    // 16 beats of half a second; an octave lies under the hand, a third more has to be reached.
    expect(hands.left).toMatchObject({ widest: 0, leap: 4 / 8 });
    expect(hands.right).toMatchObject({ widest: 7, leap: 5 / 8 });
  });

  it('rhythm counts what is off the beat, eighths half', () => {
    const beats = 16;
    expect(withNotes([note(0, 60), note(48, 60)]).rhythm).toBe(0);
    expect(withNotes([note(0, 60), note(24, 60)]).rhythm).toBeCloseTo(0.5 / beats, 3);
    expect(withNotes([note(12, 60, 'inner', 6), note(36, 60)]).rhythm).toBeCloseTo(2 / beats, 3);
  });

  it('accidentals are notes outside the key', () => {
    const keys = [{ start: 0, tonic: 0, mode: 'major' as const, confidence: 1 }];
    const take = makeArrangement({
      keys,
      notes: [note(0, 60), note(24, 61), note(48, 64), note(72, 66)],
    });
    expect(measureTake(take, nothing).accidentals).toBe(2 / 4);
  });

  it('a bar that is struck as an earlier one repeats it, whatever its pitches', () => {
    const bar = 4 * 48;
    const notes = [0, bar].flatMap((at) => [note(at, 48 + at / 48, 'bass'), note(at + 48, 60)]);
    expect(withNotes(notes).repetition).toBe(0.5);
    expect(withNotes([...notes, note(bar + 72, 60)]).repetition).toBe(0);
  });

  it('closeness is nothing where nothing was heard', () => {
    expect(withNotes([note(0, 60)]).closeness).toEqual({ chroma: null, onsets: null });
  });

  it('an easier key is offered at level easy only, and nothing moved', async () => {
    const keys = [{ start: 0, tonic: 6, mode: 'major' as const, confidence: 1 }];
    const easy = makeArrangement({ keys, settings: { level: 'easy' } });
    expect(measureTake(easy, nothing).easierKey).toEqual({ semitones: 1, tonic: 7, mode: 'major' });
    expect(measureTake(makeArrangement({ keys }), nothing).easierKey).toBeNull();
  });
});

describe('facts of takes of a song', () => {
  const take = async (level: 'easy' | 'intermediate' | 'full', change = {}) =>
    await arrange(analysis, evidence, arrangeSettingsSchema.parse({ level, ...change }));

  it('rise from level to level', async () => {
    const [easy, , full] = [await take('easy'), await take('intermediate'), await take('full')].map(
      ({ facts }) => facts!,
    );
    expect(easy.difficulty.grade).toBeLessThan(full.difficulty.grade);
    expect(easy.density.notesPerSecond).toBeLessThan(full.density.notesPerSecond);
  });

  it('are closer for the song than for the same take a semitone off and half a beat late', async () => {
    const right = await take('full');
    const notes = right.notes.map((each) => ({ ...each, pitch: each.pitch + 1, start: each.start + 6 }));
    const wrong = measureTake({ ...right, notes }, evidence);
    expect(right.facts!.closeness.chroma).toBeGreaterThan(wrong.closeness.chroma! + 0.2);
    expect(right.facts!.closeness.onsets).toBeGreaterThan(0.4);
  });
});

describe('the grade', () => {
  const hand = { widest: 12, span: 7, notes: 1.5, leap: 4 };
  const numbers = {
    density: { notesPerSecond: 4, onsetsPerSecond: 2.5, notesPerOnset: 1.6 },
    hands: { left: hand, right: hand },
    rhythm: 0.3,
    accidentals: 0.05,
  };

  it('rises with every number', () => {
    const { grade } = gradeTake(numbers);
    const harder = [
      { ...numbers, density: { ...numbers.density, notesPerSecond: 6 } },
      { ...numbers, density: { ...numbers.density, onsetsPerSecond: 4 } },
      { ...numbers, hands: { left: { ...hand, span: 9 }, right: hand } },
      { ...numbers, hands: { left: hand, right: { ...hand, leap: 9 } } },
      { ...numbers, rhythm: 0.9 },
      { ...numbers, accidentals: 1 },
    ];
    for (const one of harder) expect(gradeTake(one).grade).toBeGreaterThan(grade);
  });
});
