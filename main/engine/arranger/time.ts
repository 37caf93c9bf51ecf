import { TICKS_PER_BEAT } from '../../contract/grid.ts';
import { tickToSeconds } from '../score/time.ts';
import { FRAME_RATE } from '../transcription/evidence.ts';

/** Frame of the evidence nearest to a tick; may lie outside the evidence. */
export function tickToFrame(beatTimes: readonly number[], tick: number): number {
  return Math.round(tickToSeconds(beatTimes, tick) * FRAME_RATE);
}

/** A function from seconds to ticks, not rounded and negative before the first beat; quick where calls are near in time. */
export function makeTickReader(beatTimes: readonly number[]): (seconds: number) => number {
  const last = beatTimes.length - 2;
  let beat = 0;
  return (seconds) => {
    while (beat > 0 && seconds < beatTimes[beat]) beat--;
    while (beat < last && beatTimes[beat + 1] <= seconds) beat++;
    const from = beatTimes[beat];
    return (beat + (seconds - from) / (beatTimes[beat + 1] - from)) * TICKS_PER_BEAT;
  };
}
