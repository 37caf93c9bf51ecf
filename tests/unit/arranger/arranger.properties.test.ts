import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Analysis, type Chord, chordQualities } from '../../../main/contract/analysis.ts';
import { type ArrangeSettings, levelSchema, melodyModeSchema } from '../../../main/contract/arrangement.ts';
import type { BeatUnit } from '../../../main/contract/grid.ts';
import { arrange } from '../../../main/engine/arranger/arranger.ts';
import type { Evidence } from '../../../main/engine/transcription/evidence.ts';
import { allocateEvidence } from '../../../main/engine/transcription/evidence-file.ts';
import { presentModels } from '../support/models.ts';
import { checkArrangement } from './support/check-arrangement.ts';
import { drawEvidence } from './support/draw-evidence.ts';
import { readMaterial } from './support/fixtures.ts';

const metres: [number, BeatUnit][] = [
  [2, 'quarter'],
  [3, 'quarter'],
  [4, 'quarter'],
  [2, 'dotted-quarter'],
  [5, 'quarter'],
];

const anyChord = fc.record({
  start: fc.integer({ min: 0, max: 1400 }),
  duration: fc.integer({ min: 1, max: 400 }),
  confidence: fc.constant(0.5),
  kind: fc.option(
    fc.tuple(
      fc.integer({ min: 0, max: 11 }),
      fc.constantFrom(...chordQualities),
      fc.integer({ min: 0, max: 11 }),
    ),
    { freq: 5 },
  ),
});

const anyMelody = fc.array(
  fc.record({
    start: fc.integer({ min: 0, max: 130 }).map((slot) => slot * 12),
    duration: fc.integer({ min: 1, max: 200 }),
    pitch: fc.integer({ min: 21, max: 108 }),
    confidence: fc.constant(0.5),
  }),
  { maxLength: 40 },
);

const anySections = fc.array(
  fc.record({
    start: fc.integer({ min: 0, max: 1500 }),
    duration: fc.integer({ min: 1, max: 800 }),
    label: fc.constantFrom('A', 'B', 'verse “2”'),
    confidence: fc.constant(0.5),
  }),
  { maxLength: 5 },
);

/** Songs of up to 30 beats: a pickup, one or two metres, uneven beats, arbitrary chords, melody and sections. */
const anyAnalysis: fc.Arbitrary<Analysis> = fc
  .record({
    beats: fc.integer({ min: 1, max: 30 }),
    pickup: fc.integer({ min: 0, max: 3 }),
    metre: fc.constantFrom(...metres),
    later: fc.option(fc.tuple(fc.integer({ min: 1, max: 4 }), fc.constantFrom(...metres))),
    intervals: fc.array(fc.double({ min: 0.1, max: 2.5, noNaN: true }), { minLength: 30, maxLength: 30 }),
    chords: fc.array(anyChord, { maxLength: 12 }),
    melody: anyMelody,
    sections: anySections,
  })
  .map(({ beats, pickup, metre, later, intervals, chords, melody, sections }) => {
    const [firstBeats, unit] = metre;
    const counted: { time: number; position: number; confidence: number }[] = [];
    const metreList = [{ start: 0, beats: firstBeats, unit, confidence: 1 }];
    let current = firstBeats;
    let position = (pickup % firstBeats) + 1;
    let bar = 0;
    let time = 0.2;
    for (let i = 0; i < beats; i++) {
      if (position === 1 && later && ++bar === later[0] + 1 && i > 0) {
        current = later[1][0];
        metreList.push({ start: i * 48, beats: current, unit: later[1][1], confidence: 1 });
      }
      counted.push({ time, position, confidence: 1 });
      position = (position % current) + 1;
      time += intervals[i];
    }
    return {
      ...readMaterial('pop909-004').analysis,
      beats: counted,
      metres: metreList,
      chords: chords.map(
        ({ kind, ...rest }): Chord => ({
          ...rest,
          root: kind ? kind[0] : null,
          quality: kind ? kind[1] : null,
          bass: kind ? kind[2] : null,
        }),
      ),
      melody,
      sections,
    };
  });

const anyNotes = fc.array(
  fc
    .tuple(
      fc.double({ min: 0, max: 20, noNaN: true }),
      fc.double({ min: 0.05, max: 2, noNaN: true }),
      fc.integer({ min: 21, max: 108 }),
    )
    .map(([start, length, pitch]): [number, number, number, number] => [start, start + length, pitch, 90]),
  { maxLength: 60 },
);

/** Nothing heard at all, silence, or notes drawn well or badly. */
const anyEvidence: fc.Arbitrary<Evidence> = fc.oneof(
  { weight: 1, arbitrary: fc.constantFrom(allocateEvidence(0), allocateEvidence(1), allocateEvidence(900)) },
  {
    weight: 3,
    arbitrary: fc
      .tuple(anyNotes, fc.constantFrom(0, 1))
      .map(([notes, hardness]) => drawEvidence(notes, 12, { hardness, seed: 3 })),
  },
);

const anySettings: fc.Arbitrary<ArrangeSettings> = fc.record({
  model: fc.constantFrom(...presentModels),
  level: fc.constantFrom(...levelSchema.options),
  melody: fc.constantFrom(...melodyModeSchema.options),
  seed: fc.integer({ min: 0, max: 0xffff_ffff }),
});

describe('arrange, whatever it is given', () => {
  it('writes a valid, playable take, the same each time', async () => {
    await fc.assert(
      fc.asyncProperty(anyAnalysis, anyEvidence, anySettings, async (analysis, evidence, settings) => {
        const take = await arrange(analysis, evidence, settings);
        checkArrangement(take);
        expect(JSON.stringify(await arrange(analysis, evidence, settings))).toBe(JSON.stringify(take));
      }),
      { numRuns: 150 },
    );
  });

  // In songs of a beat or two, an eased melody can leave a hand free that was busy: seldom, and by a note or two.
  it('hardly ever adds notes where a level is easier, and then a few', async () => {
    const added: number[] = [];
    await fc.assert(
      fc.asyncProperty(anyAnalysis, anyEvidence, anySettings, async (analysis, evidence, settings) => {
        const [easy, , full] = await Promise.all(
          levelSchema.options.map(
            async (level) => (await arrange(analysis, evidence, { ...settings, level })).notes.length,
          ),
        );
        added.push(easy - full);
        expect(easy).toBeLessThanOrEqual(full + 3);
      }),
      { numRuns: 100, endOnFailure: true },
    );
    expect(added.filter((notes) => notes > 0).length).toBeLessThanOrEqual(5);
  });
});
