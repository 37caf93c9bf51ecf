import type { Job } from '../../../main/contract/jobs.ts';
import { isActive } from '../../state/song-jobs.ts';

/** Seconds of work from which its end is worth a message. */
export const LONG_WORK = 20;

/** What has ended since the queue last had nothing to do. */
export interface FinishedWork {
  /** Songs that are ready, each once. */
  songIds: readonly string[];
  /** Jobs that failed. */
  failed: number;
  /** Whether it took long enough for the person to have gone elsewhere. */
  isLong: boolean;
}

/** How far everything is that was asked for since the queue was last empty. */
export class WorkWatch {
  #before = new Map<string, Job>();
  #ended = new Map<string, Job>();

  /** @returns what has ended, once, when nothing is left to do; else null */
  hear(jobs: readonly Job[]): FinishedWork | null {
    for (const job of jobs) {
      const before = this.#before.get(job.id);
      if (isActive(job)) this.#ended.delete(job.id);
      else if (before !== undefined && isActive(before)) this.#ended.set(job.id, job);
    }
    const isBusy = jobs.some(isActive);
    this.#before = new Map(jobs.map((job) => [job.id, job]));
    if (isBusy || this.#ended.size === 0) return null;
    const ended = [...this.#ended.values()];
    this.#ended.clear();
    const done = ended.filter(({ state }) => state === 'done');
    const failed = ended.filter(({ state }) => state === 'failed').length;
    const seconds = ended
      .filter(({ state }) => state !== 'cancelled')
      .reduce(
        (sum, { startedAt, endedAt }) => sum + ((endedAt ?? 0) - (startedAt ?? endedAt ?? 0)) / 1000,
        0,
      );
    return { songIds: [...new Set(done.map(({ songId }) => songId))], failed, isLong: seconds >= LONG_WORK };
  }

  /** 0 to 1 over all that was asked for since the queue was last empty; null where nothing is to do. */
  get fraction(): number | null {
    const active = [...this.#before.values()].filter(isActive);
    if (active.length === 0) return null;
    const done = this.#ended.size + active.reduce((sum, job) => sum + (job.progress?.fraction ?? 0), 0);
    return done / (this.#ended.size + active.length);
  }
}
