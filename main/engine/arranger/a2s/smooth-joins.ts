import { type StepBar, WINDOW_STEPS, type Window, type WrittenNote } from './windows.ts';

/**
 * Chooses for each bar whether it is heard as the first bar of its own window or as the second of the window before, so
 * that the song goes over from window to window where the two agree best on the bar they share: the path of least
 * disagreement over all bars (Viterbi). Windows begin with every bar; longer bars than a window are left as they are.
 * @param windows as `planWindows` lays them for `first-bar`, with what was written in each
 * @returns the windows with other bars kept, in the same order; some keep nothing
 */
export function smoothJoins(
  windows: readonly Window[],
  written: readonly (readonly WrittenNote[])[],
  bars: readonly StepBar[],
): Window[] {
  const own = bars.map(({ first, last }, bar) => {
    const index = windows.findIndex((window) => window.bar === bar);
    return windows[index].from === first && windows[index].to === last ? index : null;
  });
  /** What the window of bar `by` has in bar `bar`; null where it does not hold it whole. */
  const hears = (by: number, bar: number): Set<string> | null => {
    const index = own[by];
    if (index == null || bars[bar] === undefined) return null;
    const { first } = windows[index];
    if (bars[bar].last - first > WINDOW_STEPS) return null;
    return new Set(
      written[index]
        .filter(({ step }) => first + step >= bars[bar].first && first + step < bars[bar].last)
        .map(({ step, pitch }) => `${first + step} ${pitch}`),
    );
  };
  /** Share of the notes of a bar that two windows do not have in common. */
  const differ = (one: number, other: number, bar: number) => {
    const [a, b] = [hears(one, bar), hears(other, bar)];
    if (!a || !b) return 1;
    const all = new Set([...a, ...b]).size;
    return all === 0 ? 0 : 1 - [...a].filter((note) => b.has(note)).length / all;
  };
  // Costs of the best path to each bar with its own window (0) and with that of the bar before (1).
  let costs = [0, Number.POSITIVE_INFINITY];
  const from: [number, number][] = [[0, 0]];
  for (let bar = 1; bar < bars.length; bar++) {
    const change = differ(bar - 1, bar, bar);
    const behind = bar > 1 ? differ(bar - 2, bar - 1, bar - 1) : Number.POSITIVE_INFINITY;
    const mayFollow = hears(bar - 1, bar) !== null;
    // Behind a second bar only a window that begins here, or the one that began with that bar, can go on.
    const toOwn = [costs[0] + change, costs[1] + (behind + change) / 2];
    const toBefore = mayFollow
      ? [costs[0], costs[1] + behind]
      : [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
    const best = (options: readonly number[]) => (options[1] < options[0] ? 1 : 0);
    from.push([best(toOwn), best(toBefore)]);
    costs = [toOwn[best(toOwn)], toBefore[best(toBefore)]];
  }
  const takes = new Map<number, number[]>();
  let state = costs[1] < costs[0] ? 1 : 0;
  for (let bar = bars.length - 1; bar >= 0; bar--) {
    const by = bar - state;
    takes.set(by, [bar, ...(takes.get(by) ?? [])]);
    state = from[bar][state];
  }
  return windows.map((window) => {
    if (own[window.bar] === null) return window;
    const held = takes.get(window.bar);
    return held
      ? { ...window, from: bars[held[0]].first, to: bars[held.at(-1)!].last }
      : { ...window, to: window.from };
  });
}
