import { expect } from 'vitest';
import { type Analysis, analysisSchema } from '../../../../main/contract/analysis.ts';
import { TICKS_PER_BEAT } from '../../../../main/contract/grid.ts';
import { layOutBars } from '../../../../main/engine/arranger/song-grid.ts';

/** Fails unless an analysis is one that everything after it can rely on. */
export function expectWhole(analysis: Analysis): void {
  analysisSchema.parse(analysis);
  const { beats, metres, chords, keys, melody, sections } = analysis;
  const end = beats.length * TICKS_PER_BEAT;
  for (let i = 1; i < beats.length; i++) {
    expect(beats[i].time - beats[i - 1].time).toBeGreaterThan(0.0999);
    const goesOn = beats[i].position === beats[i - 1].position + 1;
    expect(goesOn || beats[i].position === 1).toBe(true);
  }
  expectContiguous(chords, end);
  expectContiguous(sections, end);
  for (const list of [metres, keys]) {
    expect(list[0].start).toBe(0);
    for (let i = 1; i < list.length; i++) expect(list[i].start).toBeGreaterThan(list[i - 1].start);
    expect(list[list.length - 1].start).toBeLessThan(end);
  }
  for (const metre of metres) expect(metre.start % TICKS_PER_BEAT).toBe(0);
  melody.forEach((note, i) => {
    expect(note.start + note.duration).toBeLessThanOrEqual(melody[i + 1]?.start ?? end);
  });
  layOutBars(analysis);
}

function expectContiguous(spans: readonly { start: number; duration: number }[], end: number): void {
  let tick = 0;
  for (const span of spans) {
    expect(span.start).toBe(tick);
    tick += span.duration;
  }
  expect(tick).toBe(end);
}
