import type { ErrorReport } from '../../../main/contract/errors.ts';
import type { Job } from '../../../main/contract/jobs.ts';
import type { JobRecord } from '../../../main/engine/jobs/job-record.ts';
import { createQueue } from '../../../main/engine/jobs/queue.ts';
import type { Queue, QueueOptions } from '../../../main/engine/jobs/queue-types.ts';
import type { RunTools } from '../../../main/engine/jobs/run.ts';
import { type Library, openLibrary } from '../../../main/engine/library/library.ts';
import { DAY_ONE, makeFile, makeFolder, makeSong, removeFolder } from '../library/fixtures.ts';
import { createManualTime, type ManualTime } from './manual-time.ts';

/** A piece of work under way, to be moved on by the test. */
export interface Work {
  job: JobRecord;
  tools: RunTools;
  finish(): void;
  fail(error: unknown): void;
}

/** A library of songs with a queue whose work the test does by hand. */
export interface Workshop {
  folder: string;
  time: ManualTime;
  library: Library;
  queue: Queue;
  /** Work started and not ended, oldest first. */
  bench: Work[];
  /** Song numbers in the order in which work on them started. */
  started: number[];
  /** Everything `onChange` heard. */
  heard: Job[];
  problems: ErrorReport[];
  /** Enqueues an analysis of song `number`. */
  analyse(number: number): Job;
  numberOf(job: { songId: string }): number;
  /** Opens the library again with a new queue, the rows as they are: what runs stays marked as running. */
  restart(over?: Partial<QueueOptions>): void;
  /** Ends all work and closes queue and library. */
  close(): Promise<void>;
  /** Closes and removes the folder. */
  dispose(): Promise<void>;
}

export function createWorkshop(
  songs: number,
  over: Partial<QueueOptions> = {},
  folder = makeFolder(),
): Workshop {
  const time = createManualTime(DAY_ONE);
  let nextId = 1;
  const numbers = new Map(Array.from({ length: songs }, (_, i) => [makeSong(i + 1).hash, i + 1]));

  function open(extra: Partial<QueueOptions>) {
    const library = openLibrary(folder);
    const bench: Work[] = [];
    const queue = createQueue({
      library,
      now: time.now,
      later: time.later,
      newId: () => `job ${nextId++}`,
      onChange: (job) => shop.heard.push(job),
      onProblem: (problem) => shop.problems.push(problem),
      runJob: (job, tools) =>
        new Promise((resolve, reject) => {
          const leave = () => bench.splice(bench.indexOf(work), 1);
          const work: Work = {
            job,
            tools,
            finish() {
              leave();
              resolve();
            },
            fail(error) {
              leave();
              reject(error);
            },
          };
          bench.push(work);
          shop.started.push(numbers.get(job.payload.songId)!);
        }),
      ...extra,
    });
    return { library, queue, bench };
  }

  const shop: Workshop = {
    folder,
    time,
    started: [],
    heard: [],
    problems: [],
    // Replaced below, when `shop` can hear.
    library: null as unknown as Library,
    queue: null as unknown as Queue,
    bench: [],
    analyse: (number) =>
      shop.queue.enqueue({ kind: 'analyse', songId: makeSong(number).hash, settings: null }),
    numberOf: (job) => numbers.get(job.songId)!,
    restart(extra = {}) {
      shop.library.close();
      Object.assign(shop, open({ ...over, ...extra }));
    },
    async close() {
      // So that no other job takes the place of those finished here.
      shop.queue.pause();
      for (const work of [...shop.bench]) work.finish();
      await settle();
      await shop.queue.close('finish');
      shop.library.close();
    },
    async dispose() {
      await shop.close();
      removeFolder(folder);
    },
  };
  Object.assign(shop, open(over));
  shop.library.transaction(() => {
    for (let number = 1; number <= songs; number += 1) {
      shop.library.songs.add(makeSong(number), makeFile(number), DAY_ONE);
    }
  });
  return shop;
}

/** Lets everything run that is ready to run. */
export async function settle(): Promise<void> {
  for (let i = 0; i < 5; i += 1) await new Promise((resolve) => setImmediate(resolve));
}
