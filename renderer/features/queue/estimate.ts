import type { Job } from '../../../main/contract/jobs.ts';
import type { Song } from '../../../main/contract/library.ts';

/** How many of the last jobs tell how fast this computer is. */
const REMEMBERED = 5;

/**
 * Seconds until each active job ends, as far as that can be told: the engine's estimate for the one that runs, and for
 * those that wait their place in line, at the pace at which songs that had not been heard before were worked on. Where
 * no pace is known yet, and behind any job that cannot be told, there is no entry.
 * @param now milliseconds since 1970
 */
export function estimateEnds(
  jobs: readonly Job[],
  songs: readonly Song[],
  now: number,
): ReadonlyMap<string, number> {
  const songOf = new Map(songs.map((song) => [song.id, song]));
  const pace = paceOf(jobs, songOf, now);
  const ends = new Map<string, number>();
  let clock: number | null = 0;
  const running = jobs.filter(({ state }) => state === 'running');
  for (const { id, eta } of running) {
    if (eta !== null) ends.set(id, eta);
    clock = clock === null || eta === null ? null : Math.max(clock, eta);
  }
  const heard = new Set(running.map(({ songId }) => songId));
  for (const { id, songId, state } of jobs) {
    if (state !== 'queued') continue;
    const song = songOf.get(songId);
    // A song that has been heard needs arranging only, which is quick beside hearing.
    const seconds =
      song?.analysed || heard.has(songId) ? 0 : pace === null || !song ? null : pace * song.duration;
    heard.add(songId);
    clock = clock === null || seconds === null ? null : clock + seconds;
    if (clock === null) break;
    ends.set(id, clock);
  }
  return ends;
}

/** Seconds of work for a second of music, the median of the last first hearings; null where there was none. */
function paceOf(jobs: readonly Job[], songOf: ReadonlyMap<string, Song>, now: number): number | null {
  const seen = new Set<string>();
  const paces: number[] = [];
  const done = jobs
    .filter(({ state, startedAt, endedAt }) => state === 'done' && startedAt !== null && endedAt !== null)
    .toSorted((a, b) => a.endedAt! - b.endedAt!);
  for (const { songId, startedAt, endedAt } of done) {
    const duration = songOf.get(songId)?.duration ?? 0;
    // Only a song's first job hears it.
    if (seen.has(songId) || duration <= 0) continue;
    seen.add(songId);
    paces.push((endedAt! - startedAt!) / 1000 / duration);
  }
  for (const { songId, state, startedAt, eta } of jobs) {
    const duration = songOf.get(songId)?.duration ?? 0;
    if (state !== 'running' || startedAt === null || eta === null || duration <= 0 || seen.has(songId))
      continue;
    paces.push(((now - startedAt) / 1000 + eta) / duration);
  }
  const last = paces.slice(-REMEMBERED).toSorted((a, b) => a - b);
  return last.length === 0 ? null : last[Math.floor(last.length / 2)]!;
}
