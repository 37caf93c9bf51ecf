import { SongleafError } from '../../contract/errors.ts';
import type { JobKind, Progress } from '../../contract/jobs.ts';
import { type JobChange, type JobRecord, jobRecordSchema } from '../jobs/job-record.ts';
import type { JobPayload } from '../jobs/payload.ts';
import { MAX_DELAY_MS } from '../jobs/retry-policy.ts';
import { type JobEvent, transition } from '../jobs/transition.ts';
import type { LibraryDatabase } from './database.ts';
import { type Checked, canonicalJson, check, corruptRow } from './json.ts';
import type { NoticeLog } from './notices.ts';
import { unknownSong } from './songs.ts';
import { causeCode } from './storage-errors.ts';

export interface JobReader {
  /** Every job in the order of the queue. A row that cannot be read becomes a notice and is left out. */
  list(): JobRecord[];
  /** Throws `job-unknown`, or `library-corrupt` where the row cannot be read. */
  get(jobId: string): JobRecord;
}

export interface Jobs extends JobReader {
  /** Writes a new queued job, or returns the queued or running one for the same work. Throws `song-unknown`. */
  enqueue(job: { id: string; kind: JobKind; payload: JobPayload; createdAt: number; maxAttempts: number }): {
    record: JobRecord;
    created: boolean;
  };
  /** Moves the first job that is due to running and counts the attempt; null where none is due. */
  startNext(now: number): JobRecord | null;
  /** When the next waiting job is due, milliseconds since 1970; null where none waits for a time. */
  nextRetryAt(): number | null;
  countQueued(): number;
  /**
   * Moves a job on with what changes beside its state. A retried job goes to the end of the queue with its attempts
   * forgotten. Throws `job-unknown`, or `job-state` where the move is not allowed.
   */
  move(jobId: string, event: JobEvent, change?: JobChange): JobRecord;
  saveProgress(jobId: string, progress: Progress): void;
  /**
   * Moves a waiting job to just before another waiting one, or behind all where `before` is null. Throws `job-unknown`,
   * or `job-state` where either does not wait.
   */
  reorder(jobId: string, before: string | null): void;
  /**
   * For the start, when nothing runs yet: running jobs wait again, or fail where they have used up their attempts.
   * Rows that are no jobs are deleted with a notice. Returns the jobs that failed.
   */
  recover(now: number): JobRecord[];
  /** Deletes ended jobs and returns how many. */
  removeEnded(): number;
}

interface Row {
  id: string;
  kind: unknown;
  song_id: unknown;
  payload: string;
  state: unknown;
  stage: unknown;
  stage_fraction: unknown;
  progress: unknown;
  attempts: unknown;
  max_attempts: unknown;
  retry_after: unknown;
  created_at: unknown;
  started_at: unknown;
  ended_at: unknown;
  error: string | null;
}

function toRecord(row: Row): Checked<JobRecord> {
  let payload: unknown;
  let error: unknown;
  try {
    payload = JSON.parse(row.payload);
    error = row.error === null ? null : JSON.parse(row.error);
  } catch (cause) {
    return { ok: false, reason: cause instanceof Error ? cause.message : 'not JSON' };
  }
  const record = check(jobRecordSchema, {
    id: row.id,
    kind: row.kind,
    payload,
    state: row.state,
    progress:
      row.stage === null
        ? null
        : { stage: row.stage, stageFraction: row.stage_fraction, fraction: row.progress },
    attempts: row.attempts,
    maxAttempts: row.max_attempts,
    retryAfter: row.retry_after,
    createdAt: row.created_at,
    startedAt: row.started_at,
    endedAt: row.ended_at,
    error,
  });
  if (record.ok && record.value.payload.songId !== row.song_id) {
    return { ok: false, reason: 'payload and row name different songs' };
  }
  return record;
}

function unknownJob(jobId: string): SongleafError {
  return new SongleafError(
    'job-unknown',
    `No job ${jobId} is in the queue.`,
    'Refresh the queue; the job or its song may have been removed.',
  );
}

const crashed = {
  code: 'internal',
  message:
    'Songleaf was cut off each time while it worked on this song, so it does not start it again by itself.',
  hint: 'Choose Retry to start it all the same. If it happens again, free some memory or try a shorter file.',
} as const;

export function createJobs(database: LibraryDatabase, notices: NoticeLog): Jobs {
  const { sqlite } = database;
  const columns = `id, kind, song_id, payload, state, stage, stage_fraction, progress, attempts, max_attempts,
    retry_after, created_at, started_at, ended_at, error`;
  const selectAll = sqlite.prepare(`SELECT ${columns} FROM jobs ORDER BY position`);
  const selectOne = sqlite.prepare(`SELECT ${columns} FROM jobs WHERE id = ?`);
  const selectSame = sqlite.prepare(
    `SELECT ${columns} FROM jobs
     WHERE kind = ? AND song_id = ? AND payload = ? AND state IN ('queued', 'running')`,
  );
  // A time further off than any delay can be was written before the clock went back.
  const selectDue = sqlite.prepare(
    `SELECT ${columns} FROM jobs WHERE state = 'queued'
       AND (retry_after IS NULL OR retry_after <= :now OR retry_after > :now + ${MAX_DELAY_MS})
     ORDER BY position LIMIT 1`,
  );
  const selectRetry = sqlite.prepare("SELECT min(retry_after) AS at FROM jobs WHERE state = 'queued'");
  const selectQueued = sqlite.prepare("SELECT count(*) AS n FROM jobs WHERE state = 'queued'");
  const selectRunning = sqlite.prepare("SELECT id FROM jobs WHERE state = 'running' ORDER BY position");
  const insert = sqlite.prepare(
    `INSERT INTO jobs (id, position, kind, song_id, payload, state, max_attempts, created_at)
     VALUES (?, (SELECT coalesce(max(position), 0) + 1 FROM jobs), ?, ?, ?, 'queued', ?, ?)`,
  );
  const update = sqlite.prepare(
    `UPDATE jobs SET state = :state, stage = :stage, stage_fraction = :stageFraction, progress = :fraction,
       attempts = :attempts, retry_after = :retryAfter, started_at = :startedAt, ended_at = :endedAt, error = :error
     WHERE id = :id`,
  );
  const moveToEnd = sqlite.prepare(
    'UPDATE jobs SET position = (SELECT max(position) + 1 FROM jobs) WHERE id = ?',
  );
  const updateProgress = sqlite.prepare(
    'UPDATE jobs SET stage = ?, stage_fraction = ?, progress = ? WHERE id = ?',
  );
  const selectWaiting = sqlite.prepare(
    "SELECT id, position FROM jobs WHERE state = 'queued' ORDER BY position",
  );
  const updatePosition = sqlite.prepare('UPDATE jobs SET position = ? WHERE id = ?');
  const deleteOne = sqlite.prepare('DELETE FROM jobs WHERE id = ?');
  const deleteEnded = sqlite.prepare("DELETE FROM jobs WHERE state IN ('done', 'failed', 'cancelled')");

  function drop(row: Row, reason: string) {
    deleteOne.run(row.id);
    notices.add({
      kind: 'job-dropped',
      message: `Job ${row.id} could not be read (${reason}) and was removed from the queue (table jobs).`,
      hint: 'Ask for that take again.',
    });
  }

  const jobs: Jobs = {
    list: () =>
      database.read(() => {
        const list: JobRecord[] = [];
        for (const row of selectAll.all() as Row[]) {
          const record = toRecord(row);
          if (record.ok) list.push(record.value);
          else {
            const { message, hint } = corruptRow(
              `job ${row.id} (table jobs)`,
              record.reason,
              'Restart Songleaf: it removes the row. Then ask for that take again.',
            );
            notices.add({ kind: 'row-unreadable', message, hint });
          }
        }
        return list;
      }),
    get(jobId) {
      const row = database.read(() => selectOne.get(jobId)) as Row | undefined;
      if (!row) throw unknownJob(jobId);
      const record = toRecord(row);
      if (!record.ok) {
        throw corruptRow(`job ${jobId} (table jobs)`, record.reason, 'Restart Songleaf: it removes the row.');
      }
      return record.value;
    },
    enqueue({ id, kind, payload, createdAt, maxAttempts }) {
      const text = canonicalJson(payload);
      try {
        return database.write(() => {
          const same = selectSame.get(kind, payload.songId, text) as Row | undefined;
          if (same) return { record: jobs.get(same.id), created: false };
          insert.run(id, kind, payload.songId, text, maxAttempts, Math.trunc(createdAt));
          return { record: jobs.get(id), created: true };
        });
      } catch (error) {
        throw causeCode(error) === 'SQLITE_CONSTRAINT_FOREIGNKEY' ? unknownSong(payload.songId) : error;
      }
    },
    startNext: (now) =>
      database.write(() => {
        for (;;) {
          const row = selectDue.get({ now: Math.trunc(now) }) as Row | undefined;
          if (!row) return null;
          const record = toRecord(row);
          if (!record.ok) {
            drop(row, record.reason);
            continue;
          }
          return jobs.move(row.id, 'start', {
            attempts: record.value.attempts + 1,
            startedAt: Math.max(now, record.value.createdAt),
            retryAfter: null,
            progress: null,
            error: null,
          });
        }
      }),
    nextRetryAt: () => database.read(() => (selectRetry.get() as { at: number | null }).at),
    countQueued: () => database.read(() => (selectQueued.get() as { n: number }).n),
    move: (jobId, event, change = {}) =>
      database.write(() => {
        const before = jobs.get(jobId);
        const state = transition(before.state, event);
        const fresh =
          event === 'retry'
            ? { attempts: 0, retryAfter: null, startedAt: null, endedAt: null, error: null, progress: null }
            : {};
        const after = { ...before, ...fresh, ...change, state };
        const wholeMs = (time: number | null) => (time === null ? null : Math.trunc(time));
        try {
          update.run({
            id: jobId,
            state,
            stage: after.progress?.stage ?? null,
            stageFraction: after.progress?.stageFraction ?? null,
            fraction: after.progress?.fraction ?? null,
            attempts: after.attempts,
            retryAfter: wholeMs(after.retryAfter),
            startedAt: wholeMs(after.startedAt),
            endedAt: wholeMs(after.endedAt),
            error: after.error && JSON.stringify(after.error),
          });
        } catch (error) {
          if (causeCode(error) !== 'SQLITE_CONSTRAINT_UNIQUE') throw error;
          throw new SongleafError(
            'job-state',
            `Job ${jobId} cannot ${event}: the same work is in the queue already.`,
            'Wait for that job, or cancel it first.',
            { cause: error },
          );
        }
        if (event === 'retry') moveToEnd.run(jobId);
        return jobs.get(jobId);
      }),
    saveProgress(jobId, { stage, stageFraction, fraction }) {
      database.write(() => updateProgress.run(stage, stageFraction, fraction, jobId));
    },
    reorder: (jobId, before) =>
      database.write(() => {
        for (const id of before === null ? [jobId] : [jobId, before]) {
          const { state } = jobs.get(id);
          if (state === 'queued') continue;
          throw new SongleafError(
            'job-state',
            `A job that is ${state} has no place among those that wait.`,
            'Move jobs that wait only.',
          );
        }
        if (jobId === before) return;
        const waiting = selectWaiting.all() as { id: string; position: number }[];
        const order = waiting.map(({ id }) => id).filter((id) => id !== jobId);
        order.splice(before === null ? order.length : order.indexOf(before), 0, jobId);
        // No two rows may have one position even for a moment: first out of the way, then each to its place.
        for (const [i, id] of order.entries()) updatePosition.run(-1 - i, id);
        for (const [i, id] of order.entries()) updatePosition.run(waiting[i]!.position, id);
      }),
    recover: (now) =>
      database.write(() => {
        for (const row of selectAll.all() as Row[]) {
          const record = toRecord(row);
          if (!record.ok) drop(row, record.reason);
        }
        const failed: JobRecord[] = [];
        for (const { id } of selectRunning.all() as { id: string }[]) {
          const { attempts, maxAttempts, startedAt } = jobs.get(id);
          if (attempts < maxAttempts) {
            jobs.move(id, 'requeue', { progress: null, startedAt: null });
          } else {
            const endedAt = Math.max(now, startedAt ?? now);
            failed.push(jobs.move(id, 'fail', { endedAt, error: crashed }));
          }
        }
        return failed;
      }),
    removeEnded: () => database.write(() => deleteEnded.run().changes),
  };
  return jobs;
}
