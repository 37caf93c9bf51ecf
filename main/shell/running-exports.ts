import { SongleafError } from '../contract/errors.ts';

/** Exports whose files can still be shown. */
const REMEMBERED = 50;

/** Exports under way, which can be cancelled, and where the files of the last ones lie. */
export class RunningExports {
  readonly #running = new Map<string, AbortController>();
  readonly #written = new Map<string, readonly string[]>();

  /** Runs an export. @throws SongleafError `bad-request` where its id is in use, and what `work` throws */
  async run<T extends { paths: readonly string[] }>(
    id: string,
    work: (signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    if (this.#running.has(id)) {
      throw new SongleafError(
        'bad-request',
        'This export is under way already.',
        'Wait for it, or cancel it.',
      );
    }
    const controller = new AbortController();
    this.#running.set(id, controller);
    try {
      const exported = await work(controller.signal);
      this.#written.set(id, exported.paths);
      for (const old of [...this.#written.keys()].slice(0, -REMEMBERED)) this.#written.delete(old);
      return exported;
    } finally {
      this.#running.delete(id);
    }
  }

  /** Cancels an export; one that is over stays as it is. */
  cancel(id: string): void {
    this.#running
      .get(id)
      ?.abort(new SongleafError('cancelled', 'The export was cancelled.', 'Export again.'));
  }

  cancelAll(): void {
    for (const id of this.#running.keys()) this.cancel(id);
  }

  /** The first file of an export that is over. @throws SongleafError `file-not-found` */
  firstFile(id: string): string {
    const file = this.#written.get(id)?.[0];
    if (file !== undefined) return file;
    throw new SongleafError(
      'file-not-found',
      'Where these files lie is not known any more.',
      'Export again.',
    );
  }
}
