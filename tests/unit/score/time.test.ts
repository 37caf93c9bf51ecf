import { describe, expect, it } from 'vitest';
import { tickToSeconds } from '../../../main/engine/score/time.ts';

describe('tickToSeconds', () => {
  const beats = [1, 2, 2.5, 4];

  it('is linear between beats', () => {
    expect(tickToSeconds(beats, 0)).toBe(1);
    expect(tickToSeconds(beats, 24)).toBe(1.5);
    expect(tickToSeconds(beats, 60)).toBe(2.125);
    expect(tickToSeconds(beats, 144)).toBe(4);
  });

  it('goes on with the nearest beat outside the beats, but not before the recording', () => {
    expect(tickToSeconds(beats, 192)).toBe(5.5);
    expect(tickToSeconds(beats, -24)).toBe(0.5);
    expect(tickToSeconds(beats, -480)).toBe(0);
  });

  it('says what is missing where there are no beats', () => {
    expect(tickToSeconds([], 0)).toBe(0);
    expect(tickToSeconds([3], 0)).toBe(3);
    expect(() => tickToSeconds([3], 1)).toThrow(expect.objectContaining({ code: 'analysis-invalid' }));
  });
});
