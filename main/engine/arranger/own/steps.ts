import { TICKS_PER_BEAT } from '../../../contract/grid.ts';
import { tickToSeconds } from '../../score/time.ts';
import { barTicks, type SongGrid } from '../song-grid.ts';

/** Steps in a beat: 16ths, or sixths of a beat in 6/8 and in bars of triplets. */
export const STRAIGHT = 4;
export const TERNARY = 6;

/** A step of the grid that the network writes on. */
export interface Step {
  /** Ticks. */
  start: number;
  end: number;
  bar: number;
  beatInBar: number;
  /** Steps in its beat. */
  division: number;
}

/** Steps of a song: quarters of a beat, or sixths in the bars that `isTernary` names. */
export function layOutSteps(grid: SongGrid, isTernary: readonly boolean[]): Step[] {
  return grid.bars.flatMap((bar, index) => {
    const division = isTernary[index] ? TERNARY : STRAIGHT;
    const ticks = TICKS_PER_BEAT / division;
    return Array.from({ length: barTicks(bar) / ticks }, (_, i) => ({
      start: bar.start + i * ticks,
      end: bar.start + (i + 1) * ticks,
      bar: index,
      beatInBar: Math.floor(i / division),
      division,
    }));
  });
}

/** Seconds at which steps begin, and the last one ends. */
export function timeSteps(grid: SongGrid, steps: readonly Step[]): Float64Array {
  return Float64Array.from([...steps.map((step) => step.start), grid.end], (tick) =>
    tickToSeconds(grid.beatTimes, tick),
  );
}

/** First step whose middle lies behind `tick`: the step nearest to it. `steps.length` behind the last one's middle. */
export function nearestStep(steps: readonly Step[], tick: number): number {
  let low = 0;
  let high = steps.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((steps[middle].start + steps[middle].end) / 2 <= tick) low = middle + 1;
    else high = middle;
  }
  return low;
}
