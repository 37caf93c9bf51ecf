/** Calls `run` after `ms` milliseconds, unless the returned function is called first. */
export type Later = (ms: number, run: () => void) => () => void;

/** Node's timer. It keeps the process alive, so that a terminal waits for a job that is to be tried again. */
export const laterByTimer: Later = (ms, run) => {
  const timer = setTimeout(run, ms);
  return () => clearTimeout(timer);
};

export interface Throttle {
  /** Calls `deliver` now, or once when the interval has passed. */
  push(): void;
  /** Forgets a call that waits. */
  stop(): void;
}

/**
 * Lets `deliver` through at most once in `intervalMs`. The last push is always followed by a delivery, which is why
 * `deliver` takes nothing: it reads what is newest. A clock that goes back delivers at once rather than never.
 */
export function createThrottle(options: {
  intervalMs: number;
  now: () => number;
  later: Later;
  deliver: () => void;
}): Throttle {
  const { intervalMs, now, later, deliver } = options;
  let last: number | null = null;
  let cancelWait: (() => void) | null = null;

  function send() {
    cancelWait = null;
    last = now();
    deliver();
  }

  return {
    push() {
      if (cancelWait) return;
      const elapsed = last === null ? intervalMs : now() - last;
      if (elapsed >= intervalMs || elapsed < 0) send();
      else cancelWait = later(intervalMs - elapsed, send);
    },
    stop() {
      cancelWait?.();
      cancelWait = null;
    },
  };
}
