import { randomUUID } from 'node:crypto';
import { type ErrorCode, SongleafError, toErrorReport } from '../../contract/errors.ts';
import type { Job } from '../../contract/jobs.ts';
import { type JobChange, type JobRecord, toJob } from './job-record.ts';
import { decideOutcome, type Outcome } from './outcome.ts';
import { parseRequest } from './payload.ts';
import type { Queue, QueueOptions } from './queue-types.ts';
import { MAX_ATTEMPTS, MAX_DELAY_MS } from './retry-policy.ts';
import { type Run, startRun } from './run.ts';
import { laterByTimer } from './throttle.ts';
import type { JobEvent } from './transition.ts';

/** How long a cancelled job may take to stop by itself. */
const CANCEL_GRACE_MS = 1000;

/**
 * Opens the queue of a library: what ran when Songleaf was last cut off waits again, or has failed where that happened
 * too often; then jobs run in order. Every change is in the library before anyone hears of it.
 */
export function createQueue(options: QueueOptions): Queue {
  const { library, now } = options;
  const { jobs } = library;
  const later = options.later ?? laterByTimer;
  const newId = options.newId ?? randomUUID;
  const concurrency = options.concurrency ?? 1;
  const maxAttempts = options.maxAttempts ?? MAX_ATTEMPTS;
  /** Work under way, cancelled work that has not stopped yet included: that holds its place too. */
  const runs = new Set<Run>();
  /** Outcomes that could not be written yet. */
  const unsaved = new Map<string, { event: JobEvent; change: JobChange }>();
  let waiters: (() => void)[] = [];
  let cancelWake: (() => void) | null = null;
  let pumping = false;
  let paused = options.paused ?? false;
  let halted = false;
  let closed = false;
  let worked = false;

  function report(error: unknown) {
    const problem = toErrorReport(error);
    if (options.onProblem) options.onProblem(problem);
    else
      process.emitWarning(`${problem.message} ${problem.hint}`, {
        type: 'SongleafQueue',
        code: problem.code,
      });
  }

  function findRun(jobId: string): Run | undefined {
    return [...runs].find((run) => run.record.id === jobId && !run.abandoned);
  }

  function show(record: JobRecord): Job {
    return toJob(record, findRun(record.id));
  }

  function tell(record: JobRecord): Job {
    const job = show(record);
    try {
      options.onChange(job);
    } catch (error) {
      report(error);
    }
    return job;
  }

  function halt(error: unknown) {
    halted = true;
    report(error);
  }

  /** Looks for work after the current call has returned, so that its caller has the job before it runs. */
  function schedulePump() {
    if (pumping) return;
    pumping = true;
    queueMicrotask(pump);
  }

  function pump() {
    pumping = false;
    cancelWake?.();
    cancelWake = null;
    try {
      while (!closed && !paused && !halted && runs.size < concurrency) {
        const record = jobs.startNext(now());
        if (!record) break;
        start(record);
      }
      if (!closed && !paused && !halted && runs.size < concurrency) scheduleWake();
    } catch (error) {
      halt(error);
    }
    rest();
  }

  function scheduleWake() {
    const at = jobs.nextRetryAt();
    if (at === null) return;
    cancelWake = later(Math.min(MAX_DELAY_MS, Math.max(1, at - now())), schedulePump);
  }

  /** When nothing is left to do: tidies up and tells those who wait. */
  function rest() {
    if (pumping || runs.size > 0) return;
    try {
      if (!closed && !halted) {
        if (jobs.countQueued() > 0) return;
        if (worked) library.checkpoint();
        worked = false;
      }
    } catch (error) {
      halt(error);
    }
    const ready = waiters;
    waiters = [];
    for (const resolve of ready) resolve();
  }

  function start(record: JobRecord) {
    worked = true;
    // A job cancelled and tried again at once: its former work must be out of the way.
    const former = [...runs].filter((run) => run.record.id === record.id).map((run) => run.settled);
    const run = startRun(record, {
      runJob: async (job, tools) => {
        await Promise.all(former);
        await options.runJob(job, tools);
      },
      now,
      later,
      onStage(progress) {
        try {
          jobs.saveProgress(record.id, progress);
        } catch (error) {
          report(error);
        }
      },
      onProgress: () => tell(record),
    });
    runs.add(run);
    tell(record);
    void run.settled.then((outcome) => settle(run, outcome));
  }

  function settle(run: Run, outcome: Outcome) {
    const { record } = run;
    runs.delete(run);
    if (!run.abandoned) {
      const { event, change } = decideOutcome(record, outcome, now());
      unsaved.set(record.id, { event, change: { progress: run.progress, ...change } });
      saveOutcomes();
    }
    schedulePump();
  }

  function saveOutcomes() {
    for (const [jobId, { event, change }] of [...unsaved]) {
      try {
        const record = jobs.move(jobId, event, change);
        unsaved.delete(jobId);
        tell(record);
      } catch (error) {
        if (isStorageTrouble(error)) {
          halt(error);
          return;
        }
        unsaved.delete(jobId);
        // A song removed with its jobs leaves no row to write to.
        if (!(error instanceof SongleafError && error.code === 'job-unknown')) report(error);
      }
    }
  }

  /** After a write that worked there is room again. */
  function leaveTrouble() {
    if (!halted) return;
    halted = false;
    saveOutcomes();
  }

  function cancel(jobId: string): Job {
    const { startedAt, createdAt } = jobs.get(jobId);
    const endedAt = Math.max(now(), startedAt ?? createdAt);
    const run = findRun(jobId);
    const progress = run ? { progress: run.progress } : {};
    const record = jobs.move(jobId, 'cancel', { endedAt, error: null, retryAfter: null, ...progress });
    unsaved.delete(jobId);
    if (run) {
      run.abandon();
      run.abort(new SongleafError('cancelled', 'The job was cancelled.', 'Choose Retry to start it again.'));
      forceAfterGrace(run);
    }
    schedulePump();
    return tell(record);
  }

  function forceAfterGrace(run: Run) {
    const cancelForce = later(CANCEL_GRACE_MS, () => options.forceStop?.(run.record));
    void run.settled.then(cancelForce);
  }

  /** Resolves when the run has ended, or has not even by force. */
  function untilStopped(run: Run): Promise<void> {
    return new Promise((resolve) => {
      const giveUp = later(2 * CANCEL_GRACE_MS, resolve);
      void run.settled.then(() => {
        giveUp();
        resolve();
      });
    });
  }

  const queue: Queue = {
    list: () => jobs.list().map(show),
    get: (jobId) => show(jobs.get(jobId)),
    enqueue(request) {
      if (closed) throw new SongleafError('job-state', 'The queue is closed.', 'Start Songleaf again.');
      const { kind, payload } = parseRequest(request);
      library.songs.get(payload.songId);
      const { record, created } = jobs.enqueue({ id: newId(), kind, payload, createdAt: now(), maxAttempts });
      if (!created) return show(record);
      leaveTrouble();
      schedulePump();
      return tell(record);
    },
    cancel,
    cancelQueued: () =>
      jobs
        .list()
        .filter((record) => record.state === 'queued')
        .map((record) => cancel(record.id)),
    async cancelSong(songId) {
      const ofSong = (record: JobRecord) => record.payload.songId === songId;
      for (const record of jobs.list().filter(ofSong)) {
        if (record.state === 'queued' || record.state === 'running') cancel(record.id);
      }
      await Promise.all([...runs].filter((run) => ofSong(run.record)).map(untilStopped));
    },
    retry(jobId) {
      const record = jobs.move(jobId, 'retry');
      leaveTrouble();
      schedulePump();
      return tell(record);
    },
    removeEnded: () => jobs.removeEnded(),
    reorder(jobId, before) {
      jobs.reorder(jobId, before);
      schedulePump();
      return jobs.list().map(show);
    },
    get paused() {
      return paused;
    },
    pause(running = 'finish') {
      paused = true;
      if (running === 'finish') return;
      for (const run of runs) {
        if (run.abandoned) continue;
        run.interrupt();
        forceAfterGrace(run);
      }
    },
    resume() {
      paused = false;
      leaveTrouble();
      schedulePump();
    },
    whenIdle: () =>
      new Promise((resolve) => {
        waiters.push(resolve);
        schedulePump();
      }),
    async close(running = 'requeue') {
      closed = true;
      cancelWake?.();
      cancelWake = null;
      const active = [...runs];
      if (running === 'finish') {
        await Promise.all(active.map((run) => (run.abandoned ? untilStopped(run) : run.settled)));
      } else {
        for (const run of active) {
          if (run.abandoned) continue;
          run.interrupt();
          forceAfterGrace(run);
        }
        await Promise.all(active.map(untilStopped));
        for (const run of runs) {
          if (run.abandoned) continue;
          // It would not stop; its row goes back to the queue, whatever the work still does.
          run.abandon();
          const outcome = { failed: true, interrupted: true, error: new SongleafError('cancelled', '', '') };
          unsaved.set(run.record.id, decideOutcome(run.record, outcome, now()));
        }
      }
      saveOutcomes();
      runs.clear();
      rest();
    },
  };

  for (const record of jobs.recover(now())) tell(record);
  schedulePump();
  return queue;
}

const storageCodes: ReadonlySet<ErrorCode> = new Set([
  'file-unwritable',
  'library-locked',
  'library-corrupt',
]);

/** True for trouble that every other job would meet too. */
function isStorageTrouble(error: unknown): boolean {
  return error instanceof SongleafError && storageCodes.has(error.code);
}
