import type { ErrorReport } from '../../contract/errors.ts';
import type { Job } from '../../contract/jobs.ts';
import type { Library } from '../library/library.ts';
import type { JobRecord } from './job-record.ts';
import type { JobRequest } from './payload.ts';
import type { RunJob } from './run.ts';
import type { Later } from './throttle.ts';

export interface QueueOptions {
  library: Pick<Library, 'jobs' | 'songs' | 'checkpoint'>;
  runJob: RunJob;
  /** Milliseconds since 1970; may go back. */
  now: () => number;
  /** Hears every change of a job and, at most ten times a second, of its progress. */
  onChange: (job: Job) => void;
  /** Whether it begins paused; not unless told. */
  paused?: boolean;
  /** Jobs at once; 1 unless told. */
  concurrency?: number;
  /** Starts before a job that keeps crashing or failing is given up; 2 unless told. */
  maxAttempts?: number;
  /** Ends by force a job that ignores its signal for a second; `runJob` must then reject. */
  forceStop?: (job: JobRecord) => void;
  /** Hears of trouble that no job is to blame for, such as a full disk; a process warning unless told. */
  onProblem?: (problem: ErrorReport) => void;
  later?: Later;
  newId?: () => string;
}

export interface Queue {
  /** In the order of the queue, with live progress. */
  list(): Job[];
  /** Throws `job-unknown`. */
  get(jobId: string): Job;
  /** Adds a job, or returns the waiting or running one for the same work. Throws `bad-request`, `song-unknown`. */
  enqueue(request: JobRequest): Job;
  /** Cancels that job and no other. Throws `job-unknown`, or `job-state` where it has ended. */
  cancel(jobId: string): Job;
  /** Cancels all that wait; what runs goes on. */
  cancelQueued(): Job[];
  /** Cancels a song's jobs and resolves when none of them works any more: do this before removing the song. */
  cancelSong(songId: string): Promise<void>;
  /** Puts a failed or cancelled job at the end of the queue. Throws `job-unknown`, `job-state`. */
  retry(jobId: string): Job;
  /** Deletes ended jobs from the list and returns how many. */
  removeEnded(): number;
  /**
   * Moves a waiting job to just before another waiting one, or to the end, and returns the whole queue in its new order.
   * Throws `job-unknown`, or `job-state` where either does not wait.
   */
  reorder(jobId: string, before: string | null): Job[];
  readonly paused: boolean;
  /** Starts no further job. `finish`: what runs goes on; `requeue`: it stops, and waits in its place. */
  pause(running?: 'finish' | 'requeue'): void;
  /** Goes on after `pause`, or after trouble with the disk. */
  resume(): void;
  /** Resolves when nothing runs and nothing waits, or when trouble with the disk has stopped the queue. */
  whenIdle(): Promise<void>;
  /**
   * Starts nothing more and resolves when nothing runs. `requeue`: running jobs are aborted and wait for the next
   * start; `finish`: they are waited for. The library can be closed after that.
   */
  close(running?: 'requeue' | 'finish'): Promise<void>;
}
