import type { Job } from '../../main/contract/jobs.ts';

export function isActive(job: Job): boolean {
  return job.state === 'queued' || job.state === 'running';
}

/**
 * The job that a song's row tells about: the one that runs, else the first that waits, else the last that ended
 * badly. A song whose last job is done has nothing to tell.
 */
export function jobToShow(jobs: readonly Job[], songId: string): Job | null {
  const own = jobs.filter((job) => job.songId === songId).toSorted((a, b) => a.createdAt - b.createdAt);
  const active = own.find(({ state }) => state === 'running') ?? own.find(({ state }) => state === 'queued');
  if (active !== undefined) return active;
  const last = own.at(-1);
  return last === undefined || last.state === 'done' ? null : last;
}

/** What each song's row tells about, as `jobToShow` finds it, for all songs at once. */
export function jobsBySong(jobs: readonly Job[]): ReadonlyMap<string, Job> {
  const own = new Map<string, Job[]>();
  for (const job of jobs) {
    const list = own.get(job.songId);
    if (list) list.push(job);
    else own.set(job.songId, [job]);
  }
  const shown = new Map<string, Job>();
  for (const [songId, list] of own) {
    const job = jobToShow(list, songId);
    if (job !== null) shown.set(songId, job);
  }
  return shown;
}
