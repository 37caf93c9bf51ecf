/** Saves once a while after the last of many changes, or at once where there may be no later. */
export class LateSaver {
  readonly #save: () => Promise<void>;
  readonly #rest: number;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** @param rest milliseconds without a change until it is saved */
  constructor(rest: number, save: () => Promise<void>) {
    this.#rest = rest;
    this.#save = save;
  }

  later(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.now(), this.#rest);
  }

  /** Saves what waits, where something does. */
  async now(): Promise<void> {
    if (this.#timer === undefined) return;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    await this.#save();
  }
}

let startsAnew = false;

/** Loads the page anew and saves nothing before: what it knows is of another library than the one that is open. */
export function startAnew(): void {
  startsAnew = true;
  window.location.reload();
}

/** Calls when the page may be about to go: closed, reloaded or out of sight. Returns how to stop that. */
export function onLeaving(save: () => void): () => void {
  const leave = () => {
    if (!startsAnew) save();
  };
  const hidden = () => {
    if (document.visibilityState === 'hidden') leave();
  };
  window.addEventListener('pagehide', leave);
  document.addEventListener('visibilitychange', hidden);
  return () => {
    window.removeEventListener('pagehide', leave);
    document.removeEventListener('visibilitychange', hidden);
  };
}
