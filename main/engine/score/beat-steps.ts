import { TICKS_PER_BEAT } from '../../contract/grid.ts';
import { groupBy } from './group-by.ts';
import { type MeasureFrame, measureAt } from './measure-frames.ts';

const HALF_BEAT = TICKS_PER_BEAT / 2;
const THIRTY_SECOND = 6;
const TRIPLET_EIGHTH = 16;
const TRIPLET_16TH = 8;

/**
 * How finely each beat of a staff may be divided by notes that end in it, in ticks: 32nds where its starts need no
 * triplet, triplet eighths or 16ths where all of it is a triplet, and halves where it mixes both. Beats without an
 * entry hold no start: 32nds.
 */
export function findBeatSteps(
  notes: readonly { start: number }[],
  frames: readonly MeasureFrame[],
): Map<number, number> {
  const steps = new Map<number, number>();
  for (const [beat, group] of groupBy(notes, ({ start }) => Math.floor(start / TICKS_PER_BEAT))) {
    if (frames[measureAt(frames, beat * TICKS_PER_BEAT)]!.unit !== 'quarter') continue;
    const places = group.map(({ start }) => start - beat * TICKS_PER_BEAT);
    const fits = (step: number) => places.every((place) => place % step === 0);
    if (fits(THIRTY_SECOND)) continue;
    if (fits(TRIPLET_EIGHTH)) steps.set(beat, TRIPLET_EIGHTH);
    else if (fits(TRIPLET_16TH) && !places.includes(HALF_BEAT)) steps.set(beat, TRIPLET_16TH);
    else steps.set(beat, HALF_BEAT);
  }
  return steps;
}
