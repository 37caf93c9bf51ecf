import type { Progress } from '../../contract/jobs.ts';
import type { JobRecord } from './job-record.ts';
import type { Outcome } from './outcome.ts';
import { advanceProgress, estimateSecondsLeft } from './progress.ts';
import { createThrottle, type Later } from './throttle.ts';

export interface RunTools {
  /** Aborts when the job is cancelled or Songleaf closes. */
  signal: AbortSignal;
  /** May be called as often as one likes. */
  onProgress: (progress: Progress) => void;
}

/** Does the job's work. Its outputs must be such that doing it again after a kill adds nothing twice. */
export type RunJob = (job: JobRecord, tools: RunTools) => Promise<void>;

/** A job being worked on. */
export interface Run {
  readonly record: JobRecord;
  readonly progress: Progress | null;
  /** Seconds left, null where unknown. */
  readonly eta: number | null;
  /** True once a person cancelled it or the queue gave it up: its outcome no longer matters. */
  readonly abandoned: boolean;
  /** Never rejects. */
  readonly settled: Promise<Outcome>;
  /** Aborts the work because Songleaf closes; the outcome says so. */
  interrupt(): void;
  /** Stops listening to it. */
  abandon(): void;
  abort(reason: unknown): void;
}

/** Reports of progress are passed on at most ten times a second. */
const PROGRESS_INTERVAL_MS = 100;

export interface RunOptions {
  runJob: RunJob;
  now: () => number;
  later: Later;
  /** Something new to show. */
  onProgress: () => void;
  /** A new stage began; comes before `onProgress`. */
  onStage: (progress: Progress) => void;
}

/** Starts the work on a job whose row says that it runs. */
export function startRun(record: JobRecord, options: RunOptions): Run {
  const { now, later } = options;
  const controller = new AbortController();
  const startedAt = now();
  const throttle = createThrottle({
    intervalMs: PROGRESS_INTERVAL_MS,
    now,
    later,
    deliver: options.onProgress,
  });
  let progress: Progress | null = null;
  let interrupted = false;
  let abandoned = false;
  let ended = false;

  function receive(next: Progress) {
    // A worker's last words may arrive after its end.
    if (ended || abandoned) return;
    const before = progress?.stage;
    progress = advanceProgress(progress, next);
    if (progress.stage !== before) options.onStage(progress);
    throttle.push();
  }

  async function work(): Promise<Outcome> {
    try {
      // Not before the caller knows of the run.
      await Promise.resolve();
      await options.runJob(record, { signal: controller.signal, onProgress: receive });
      return { failed: false, error: null, interrupted };
    } catch (error) {
      return { failed: true, error, interrupted };
    } finally {
      ended = true;
      throttle.stop();
    }
  }

  return {
    record,
    get progress() {
      return progress;
    },
    get eta() {
      return estimateSecondsLeft(now() - startedAt, progress?.fraction ?? 0);
    },
    get abandoned() {
      return abandoned;
    },
    settled: work(),
    interrupt() {
      interrupted = true;
      controller.abort();
    },
    abandon() {
      abandoned = true;
      throttle.stop();
    },
    abort(reason) {
      controller.abort(reason);
    },
  };
}
