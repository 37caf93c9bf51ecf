import type { Analysis } from '../../contract/analysis.ts';
import type { Arrangement } from '../../contract/arrangement.ts';
import { TICKS_PER_BEAT } from '../../contract/grid.ts';
import type { Performance } from '../../contract/performance.ts';
import { tickToSeconds } from '../score/time.ts';
import { performTake } from './performance.ts';

/** Everything a player has to know of a take: its notes and bars on the recording's time. */
export function describePerformance(arrangement: Arrangement, analysis: Analysis): Performance {
  const { beatTimes, bars, song } = arrangement;
  return {
    seconds: song.duration,
    cents: analysis.tuning.cents,
    notes: performTake(arrangement),
    bars: bars.map(({ start, beats, metreBeats }) => ({
      beats: Array.from({ length: beats + 1 }, (_, beat) =>
        tickToSeconds(beatTimes, start + beat * TICKS_PER_BEAT),
      ),
      metreBeats,
    })),
  };
}
