import type { Step } from '../own/steps.ts';

/** Steps of the window that the networks read and write: eight beats. */
export const WINDOW_STEPS = 32;
export const STEPS_A_BEAT = 4;
/** Beats that a pickup's bar is filled up to a multiple of. */
const PICKUP_BEATS = 4;

/** A bar in steps, [first, last). */
export interface StepBar {
  first: number;
  last: number;
}

/** `WINDOW_STEPS` steps from step `first` on (below 0: with a pickup), of which [from, to) are kept. */
export interface Window {
  first: number;
  from: number;
  to: number;
  /** The bar that it begins in. */
  bar: number;
}

/** First step and past-the-last step of each bar. */
export function listStepBars(steps: readonly Step[]): StepBar[] {
  const bars: StepBar[] = [];
  steps.forEach(({ bar }, step) => {
    const known = bars[bar];
    if (known) known.last = step + 1;
    else bars[bar] = { first: step, last: step + 1 };
  });
  return bars;
}

/**
 * Windows in order that keep every step once, whatever the bars' lengths: `first-bar` keeps the first bar of a window
 * that begins with each bar, `two-bar` both bars of one that begins with every other bar, where eight beats hold both.
 * A pickup lies at the end of its window's bar.
 * @param pickup whether the first bar is one
 */
export function planWindows(
  bars: readonly StepBar[],
  pickup: boolean,
  joins: 'two-bar' | 'first-bar',
): Window[] {
  const windows: Window[] = [];
  for (let bar = 0; bar < bars.length; ) {
    const { first: start, last } = bars[bar];
    if (bar === 0 && pickup) {
      const filled = PICKUP_BEATS * STEPS_A_BEAT;
      const length = Math.ceil((last - start) / filled) * filled;
      for (let first = last - length; first < last; first += WINDOW_STEPS) {
        windows.push({ first, from: Math.max(first, 0), to: Math.min(first + WINDOW_STEPS, last), bar });
      }
      bar++;
      continue;
    }
    const next = bars[bar + 1];
    const both = joins === 'two-bar' && next !== undefined && next.last - start <= WINDOW_STEPS;
    const end = both ? next.last : last;
    for (let first = start; first < end; first += WINDOW_STEPS) {
      windows.push({ first, from: first, to: Math.min(first + WINDOW_STEPS, end), bar });
    }
    bar += both ? 2 : 1;
  }
  return windows;
}

/** A note that the decoder wrote, in steps; `step` counts from its window's first. */
export interface WrittenNote {
  step: number;
  pitch: number;
  length: number;
}

/** A note on the song's steps, [step, until). */
export interface JoinedNote {
  step: number;
  pitch: number;
  until: number;
}

/**
 * Notes of all windows on the song's `steps`, by step, then pitch. A note may last beyond its window, until its key is
 * struck again or the song ends.
 */
export function joinWindows(
  windows: readonly Window[],
  written: readonly (readonly WrittenNote[])[],
  steps: number,
): JoinedNote[] {
  const notes = windows.flatMap(({ first, from, to }, index) =>
    written[index]
      .map(({ step, pitch, length }) => ({ step: first + step, pitch, until: first + step + length }))
      .filter(({ step }) => step >= from && step < to),
  );
  notes.sort((a, b) => a.step - b.step || a.pitch - b.pitch);
  const ends = new Map<number, number>();
  for (const note of notes.toReversed()) {
    note.until = Math.min(note.until, ends.get(note.pitch) ?? steps, steps);
    ends.set(note.pitch, note.step);
  }
  return notes;
}
