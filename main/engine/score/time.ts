import { SongleafError } from '../../contract/errors.ts';
import { TICKS_PER_BEAT } from '../../contract/grid.ts';

/**
 * Seconds of the recording at a tick of the beat grid: linear between beats; beyond the first and the last known
 * beat the nearest beat's length goes on. Never below 0, where the recording begins.
 *
 * @param beatTimes seconds of beat 0, 1, …, rising
 * @throws SongleafError `analysis-invalid` where fewer than two beats are known and `tick` is not beat 0
 */
export function tickToSeconds(beatTimes: readonly number[], tick: number): number {
  if (beatTimes.length < 2) {
    if (tick === 0) return beatTimes[0] ?? 0;
    throw new SongleafError(
      'analysis-invalid',
      `Tick ${tick} has no time: the song has ${beatTimes.length === 1 ? 'only one beat' : 'no beats'}.`,
      'Analyse the song again.',
    );
  }
  const beat = Math.min(Math.max(Math.floor(tick / TICKS_PER_BEAT), 0), beatTimes.length - 2);
  const from = beatTimes[beat]!;
  const seconds = from + ((beatTimes[beat + 1]! - from) * (tick - beat * TICKS_PER_BEAT)) / TICKS_PER_BEAT;
  return Math.max(0, seconds);
}
