import type { Analysis, Beat } from '../../contract/analysis.ts';
import type { CorrectionOf } from '../../contract/corrections.ts';
import { TICKS_PER_BEAT } from '../../contract/grid.ts';
import { checkBeats, countBars, firstBarSize, roundTime, tempoByHand } from './beat-grid.ts';
import { barPositions, readMetres } from './metres.ts';

/** Lays a beat half-way between every two. Bars keep their number of beats, and their downbeats stay. */
export function doubleTempo(analysis: Analysis): Analysis {
  const { beats, metres } = analysis;
  const bars = barPositions(beats, metres);
  const doubled: Beat[] = [];
  const isDown: boolean[] = [];
  beats.forEach((beat, i) => {
    const next = beats[i + 1];
    const { position, beats: size } = bars[i];
    doubled.push(beat);
    isDown.push((2 * (position - 1)) % size === 0);
    // The last beat lasts as long as the one before it.
    const length = next ? next.time - beat.time : beat.time - (beats[i - 1]?.time ?? 0);
    doubled.push({ ...beat, time: roundTime(beat.time + length / 2) });
    isDown.push((2 * (position - 1) + 1) % size === 0);
  });
  checkBeats(doubled);
  const counted = countBars(doubled, isDown, firstBarSize(analysis));
  const known = metres.map((metre) => ({ ...metre, start: 2 * metre.start }));
  return {
    ...analysis,
    tempo: tempoByHand(counted),
    beats: counted,
    metres: readMetres(counted, known),
  };
}

/** Leaves out every other beat. Bars keep their number of beats; they begin where sections and chords do most. */
export function halveTempo(analysis: Analysis, { first }: CorrectionOf<'halve'>): Analysis {
  const { beats, metres } = analysis;
  const from =
    first ??
    Math.max(
      0,
      beats.findIndex((beat) => beat.position === 1),
    ) % 2;
  const kept = beats.filter((_, i) => i % 2 === from);
  checkBeats(kept);
  const size = firstBarSize(analysis);
  const weights = weighDownbeats(analysis, kept.length, from);
  const sums = Array.from({ length: size }, (_, phase) =>
    weights.reduce((sum, weight, i) => (i % size === phase ? sum + weight : sum), 0),
  );
  const phase = sums.indexOf(Math.max(...sums));
  const isDown = kept.map((_, i) => i % size === phase);
  const counted = countBars(kept, isDown, size);
  const { unit } = metres[0];
  const known = [{ start: 0, beats: size, unit, confidence: metres[0].confidence }];
  return { ...analysis, tempo: tempoByHand(kept), beats: counted, metres: readMetres(counted, known) };
}

/** What speaks for a bar to begin with each beat that is kept: bars, chords and sections that begin there. */
function weighDownbeats(analysis: Analysis, count: number, from: number): number[] {
  const weights = new Array<number>(count).fill(0);
  const add = (beat: number, weight: number) => {
    const at = (beat - from) / 2;
    if (Number.isInteger(at) && at >= 0 && at < count) weights[at] += weight;
  };
  for (const [i, { position }] of analysis.beats.entries()) add(i, position === 1 ? 0.5 : 0);
  for (const chord of analysis.chords) add(chord.start / TICKS_PER_BEAT, chord.root === null ? 0 : 1);
  for (const section of analysis.sections) add(section.start / TICKS_PER_BEAT, 4);
  return weights;
}
