import type { Later } from '../../../main/engine/jobs/throttle.ts';

/** A clock and timers that move when told, so that no test waits or measures. */
export interface ManualTime {
  now: () => number;
  later: Later;
  /** Moves on by `ms`, running what falls due on the way in order. */
  advance(ms: number): void;
  /** Sets the clock without any time passing, as a person or a time server does. */
  setClock(time: number): void;
  waiting(): number;
}

export function createManualTime(start: number): ManualTime {
  let clock = start;
  let elapsed = 0;
  let timers: { at: number; run: () => void }[] = [];
  return {
    now: () => clock,
    later(ms, run) {
      const timer = { at: elapsed + ms, run };
      timers.push(timer);
      return () => {
        timers = timers.filter((other) => other !== timer);
      };
    },
    advance(ms) {
      const end = elapsed + ms;
      for (;;) {
        const due = timers.filter((timer) => timer.at <= end).sort((a, b) => a.at - b.at)[0];
        if (!due) break;
        timers = timers.filter((timer) => timer !== due);
        clock += due.at - elapsed;
        elapsed = due.at;
        due.run();
      }
      clock += end - elapsed;
      elapsed = end;
    },
    setClock(time) {
      clock = time;
    },
    waiting: () => timers.length,
  };
}
