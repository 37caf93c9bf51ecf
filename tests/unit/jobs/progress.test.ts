import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Progress, progressSchema, stages } from '../../../main/contract/jobs.ts';
import { advanceProgress, estimateSecondsLeft } from '../../../main/engine/jobs/progress.ts';

const number = fc.oneof(fc.double({ min: 0, max: 1, noNaN: true }), fc.double());
const reports = fc.array(
  fc.record({ stage: fc.constantFrom(...stages), stageFraction: number, fraction: number }),
  { minLength: 1, maxLength: 50 },
);

describe('advanceProgress', () => {
  it('never goes back and is always valid, whatever is reported', () => {
    fc.assert(
      fc.property(reports, (list) => {
        let before: Progress | null = null;
        for (const report of list) {
          const after = advanceProgress(before, report);
          expect(progressSchema.parse(after)).toEqual(after);
          if (before) {
            expect(after.fraction).toBeGreaterThanOrEqual(before.fraction);
            const step = stages.indexOf(after.stage) - stages.indexOf(before.stage);
            expect(step).toBeGreaterThanOrEqual(0);
            if (step === 0) expect(after.stageFraction).toBeGreaterThanOrEqual(before.stageFraction);
          }
          before = after;
        }
      }),
      { seed: 1 },
    );
  });

  it('passes on honest reports as they are', () => {
    const first = { stage: 'listen', stageFraction: 0.9, fraction: 0.4 } as const;
    const second = { stage: 'beats', stageFraction: 0.1, fraction: 0.5 } as const;
    expect(advanceProgress(null, first)).toEqual(first);
    expect(advanceProgress(first, second)).toEqual(second);
  });
});

describe('estimateSecondsLeft', () => {
  it('is unknown until both 3 % and 2 s have passed', () => {
    expect(estimateSecondsLeft(60_000, 0.029)).toBeNull();
    expect(estimateSecondsLeft(1999, 0.5)).toBeNull();
    expect(estimateSecondsLeft(2000, 0.03)).toBeCloseTo((2 * 0.97) / 0.03);
  });

  it('supposes that the rest goes as fast', () => {
    expect(estimateSecondsLeft(30_000, 0.25)).toBe(90);
    expect(estimateSecondsLeft(30_000, 1)).toBe(0);
  });

  it('is unknown where the clock went back', () => {
    expect(estimateSecondsLeft(-5000, 0.5)).toBeNull();
    expect(estimateSecondsLeft(Number.NaN, 0.5)).toBeNull();
  });
});
