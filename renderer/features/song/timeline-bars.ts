import { secondsAt } from '../../../main/contract/beat-time.ts';
import { TICKS_PER_BEAT } from '../../../main/contract/grid.ts';
import type { HeardBars } from '../player/what-to-play.ts';
import type { TimelineModel } from './timeline-model.ts';

/** The bars that were heard, as a player counts them; null where there are no beats. */
export function barsOf({ analysis, bars, duration }: TimelineModel): HeardBars | null {
  const { beats, metres } = analysis;
  if (beats.length === 0) return null;
  return {
    seconds: duration,
    bars: bars.map(({ beat }, i) => {
      const end = bars[i + 1]?.beat ?? beats.length;
      const times = Array.from({ length: end - beat + 1 }, (_, k) =>
        secondsAt(beats, (beat + k) * TICKS_PER_BEAT),
      );
      const metre = metres.findLast(({ start }) => start <= beat * TICKS_PER_BEAT) ?? metres[0];
      const isPickup = i === 0 && beats[0].position !== 1;
      return { beats: times, metreBeats: isPickup ? Math.max(metre.beats, end - beat + 1) : end - beat };
    }),
  };
}
