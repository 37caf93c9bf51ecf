import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ScoreOptions, scoreOptionsSchema } from '../../../main/contract/score-options.ts';
import { checkScore } from '../../../main/engine/score/check-score.ts';
import { engrave } from '../../../main/engine/score/engrave.ts';
import { writeMusicXml } from '../../../main/engine/score/musicxml.ts';
import type { Part, Score } from '../../../main/engine/score/score.ts';
import { straightenSwing } from '../../../main/engine/score/swing.ts';
import { transpose } from '../../../main/engine/score/transpose.ts';
import { anyArrangement } from './arrangements.ts';
import { hasXmllint, validate } from './tools.ts';
import { notesOfPart, noteText, placeOf } from './written-notes.ts';

/** Issue: zero findings and zero errors of the schema on so many arrangements. */
const RUNS = 1000;

const anyOptions: fc.Arbitrary<ScoreOptions> = fc
  .record({
    transpose: fc.constantFrom(0, 0, 1, -2, 5),
    leadSheet: fc.boolean(),
    repeats: fc.boolean(),
    pedal: fc.boolean(),
    fingering: fc.boolean(),
    largePrint: fc.boolean(),
    barsPerSystem: fc.constantFrom(0, 2, 4),
  })
  .map((options) => scoreOptionsSchema.parse(options));

const anyLoudness = fc.array(fc.integer({ min: -20, max: 10 }), { maxLength: 60 });

function write(score: Score): string {
  return writeMusicXml(score, { software: 'test', date: '2025-01-01' });
}

/** What opens of pedal and octave lines and is closed again, staff by staff. */
function openLines({ measures, staves }: Part): string[] {
  const faults: string[] = [];
  for (let staff = 1; staff <= staves; staff++) {
    const open = { pedal: false, octave: false };
    for (const { directions, number, length } of measures) {
      for (const { at, staff: own, mark } of [...directions].sort((a, b) => a.at - b.at)) {
        if (own !== staff || mark.kind === 'dynamic') continue;
        if (at < 0 || at > length) faults.push(`${number}: ${mark.kind} at ${at}`);
        if (open[mark.kind] !== (mark.action !== 'start'))
          faults.push(`${number}: ${mark.kind} ${mark.action}`);
        open[mark.kind] = mark.action !== 'stop';
      }
    }
    if (open.pedal || open.octave) faults.push('open at the end');
  }
  return faults;
}

describe('any arrangement with any options', () => {
  it('is written with every note exactly once, lines that close and no findings', {
    timeout: 900_000,
  }, () => {
    fc.assert(
      fc.property(anyArrangement(), anyOptions, anyLoudness, (given, options, loudness) => {
        const arrangement = { ...given, loudness };
        const score = engrave(arrangement, options);
        const { arrangement: wanted } = straightenSwing(transpose(arrangement, options.transpose));
        const place = placeOf(wanted);
        const piano = score.parts.at(-1)!;
        // Folded scores are read by the tests of repeats.
        if (piano.measures.length === wanted.bars.length) {
          expect(
            notesOfPart(piano)
              .map(({ pitch, onset }) => noteText(pitch, onset))
              .sort(),
          ).toEqual(wanted.notes.map(({ pitch, start }) => noteText(pitch, place(start))).sort());
        }
        expect(score.parts.flatMap(openLines)).toEqual([]);
        expect(checkScore(write(score))).toEqual([]);
      }),
      { numRuns: RUNS, seed: 21 },
    );
  });

  it('is written as a lead sheet alone with its melody and chords', { timeout: 300_000 }, () => {
    const alone = scoreOptionsSchema.parse({ leadSheetAlone: true });
    const above = scoreOptionsSchema.parse({ leadSheet: true });
    fc.assert(
      fc.property(anyArrangement(), (arrangement) => {
        const { parts } = engrave(arrangement, alone);
        expect(parts.map(({ name, staves }) => [name, staves])).toEqual([['Melody', 1]]);
        // The same part as above the piano, where there is a melody at all.
        const [first, ...rest] = engrave(arrangement, above).parts;
        if (rest.length > 0) expect(parts[0]).toEqual(first);
        expect(checkScore(write(engrave(arrangement, alone)))).toEqual([]);
      }),
      { numRuns: 200, seed: 22 },
    );
  });

  it.skipIf(!hasXmllint)('is valid by the W3C schema (needs xmllint)', { timeout: 900_000 }, () => {
    const samples = fc.sample(fc.tuple(anyArrangement(), anyOptions, anyLoudness), {
      numRuns: 200,
      seed: 22,
    });
    const documents = samples.map(([arrangement, options, loudness]) =>
      write(engrave({ ...arrangement, loudness }, options)),
    );
    expect(validate(documents)).toBe('');
  });
});
