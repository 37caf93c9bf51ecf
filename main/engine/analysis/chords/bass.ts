import { chordIntervals } from '../../chord-intervals.ts';
import type { Segment } from './decode.ts';
import type { Emissions } from './emissions.ts';
import { qualityOf, rootOf } from './states.ts';
import type { ChordWeights } from './weights.ts';

/**
 * The bass under a chord: its root unless another of its tones lies there clearly; it may move while the chord stays.
 * @returns stretches of the segment, in order; `bass` null where there is no chord
 */
export function findBassNotes(
  segment: Segment,
  emissions: Emissions,
  weights: ChordWeights,
): { bass: number | null; from: number; to: number }[] {
  const root = rootOf(segment.state);
  const quality = qualityOf(segment.state);
  if (root === null || quality === null) return [{ bass: null, from: segment.from, to: segment.to }];
  const tones = chordIntervals[quality].map((interval) => (root + interval) % 12);
  const rate = (beat: number, pc: number) =>
    weights.bassNetwork * emissions.bassNetwork[beat * 12 + pc] +
    weights.bassNotes * emissions.bassNotes[beat * 12 + pc];
  // Viterbi over the segment's beats: each tone's best score so far, and the tones on the way there.
  let paths = tones.map((pc, i) => ({ score: i === 0 ? 0 : -weights.inversion, notes: [] as number[], pc }));
  for (let beat = segment.from; beat < segment.to; beat++) {
    paths = tones.map((pc, i) => {
      const stay = paths[i];
      const come = paths.reduce((a, b) => (b.score > a.score ? b : a));
      const moved = come.score - weights.bassMove - (i === 0 ? 0 : weights.inversion);
      const best = beat === segment.from || stay.score >= moved ? stay : { ...come, score: moved };
      return { score: best.score + rate(beat, pc), notes: [...best.notes, pc], pc };
    });
  }
  const { notes } = paths.reduce((a, b) => (b.score > a.score ? b : a));
  const stretches: { bass: number; from: number; to: number }[] = [];
  notes.forEach((bass, i) => {
    const last = stretches[stretches.length - 1];
    if (last?.bass === bass) last.to = segment.from + i + 1;
    else stretches.push({ bass, from: segment.from + i, to: segment.from + i + 1 });
  });
  return stretches;
}
