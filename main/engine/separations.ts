import type { StemPaths } from './library/stem-files.ts';
import { workCancelled } from './work-cancelled.ts';

interface Running {
  promise: Promise<StemPaths>;
  controller: AbortController;
}

/** Separations under way: one at a time, since each takes half a gigabyte, and one for all who ask for the same song. */
export class Separations {
  readonly #separate: (songId: string, signal: AbortSignal) => Promise<StemPaths>;
  readonly #running = new Map<string, Running>();
  #last: Promise<unknown> = Promise.resolve();

  constructor(separate: (songId: string, signal: AbortSignal) => Promise<StemPaths>) {
    this.#separate = separate;
  }

  /** The song's stems, when they are there. */
  make(songId: string): Promise<StemPaths> {
    const known = this.#running.get(songId);
    if (known) return known.promise;
    const controller = new AbortController();
    const { signal } = controller;
    const before = this.#last;
    // Whoever waits for its turn and is stopped waits no longer.
    const turn = new Promise<void>((resolve) => {
      signal.addEventListener('abort', () => resolve(), { once: true });
      void before.then(() => resolve());
    });
    const promise = turn
      .then(() => {
        if (signal.aborted) throw workCancelled();
        return this.#separate(songId, signal);
      })
      .finally(() => this.#running.delete(songId));
    const ended = promise.catch(() => undefined);
    this.#last = before.then(() => ended);
    this.#running.set(songId, { promise, controller });
    return promise;
  }

  /** Cancels the separation of one song, or all, and waits until they have ended. */
  async stop(songId?: string): Promise<void> {
    const stopped = [...this.#running].filter(([id]) => songId === undefined || id === songId);
    for (const [, { controller }] of stopped) controller.abort();
    await Promise.allSettled(stopped.map(([, { promise }]) => promise));
  }
}
