import type { Performance } from '../../../main/contract/performance.ts';

type Bars = Performance['bars'];

/** A place in the score. */
export interface ScorePlace {
  /** Counted from 0. */
  bar: number;
  /** How much of the bar's beats lies before it, 0 to 1. */
  share: number;
}

/** Seconds of the recording where a bar begins; one past the last is the end. */
export function barStart(bars: Bars, bar: number): number {
  if (bar >= bars.length) return bars.at(-1)!.beats.at(-1)!;
  return bars[Math.max(0, bar)]!.beats[0]!;
}

/** The bar that sounds at a time; the first before the music, the last after it. */
export function barAt(bars: Bars, seconds: number): number {
  let low = 0;
  let high = bars.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (barStart(bars, middle) <= seconds) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Where in the score the recording is at a time: between beats in even steps, as the notes are. */
export function toScore(bars: Bars, seconds: number): ScorePlace {
  const bar = barAt(bars, seconds);
  const { beats } = bars[bar]!;
  const count = beats.length - 1;
  let beat = 0;
  while (beat + 1 < count && beats[beat + 1]! <= seconds) beat++;
  const [from, to] = [beats[beat]!, beats[beat + 1]!];
  const within = to > from ? (seconds - from) / (to - from) : 0;
  return { bar, share: Math.min(1, Math.max(0, (beat + within) / count)) };
}

/** When a place of the score sounds. The inverse of `toScore` inside the music. */
export function toSeconds(bars: Bars, { bar, share }: ScorePlace): number {
  const { beats } = bars[bar]!;
  const count = beats.length - 1;
  const beat = Math.min(count - 1, Math.floor(share * count));
  return beats[beat]! + (beats[beat + 1]! - beats[beat]!) * (share * count - beat);
}

/** Every beat, and whether it begins a bar. */
export function beatsOf(bars: Bars): { at: number; strong: boolean }[] {
  return bars.flatMap(({ beats, metreBeats }, bar) =>
    // A pickup has no first beat.
    beats
      .slice(0, -1)
      .map((at, beat) => ({ at, strong: beat === 0 && (bar > 0 || beats.length - 1 >= metreBeats) })),
  );
}

/** A bar of clicks that leads to the beginning of a bar, at its tempo. */
export function countInto(bars: Bars, bar: number): { at: number; strong: boolean }[] {
  const { beats, metreBeats } = bars[bar]!;
  const length = (beats.at(-1)! - beats[0]!) / (beats.length - 1);
  return Array.from({ length: metreBeats }, (_, beat) => ({
    at: beats[0]! - (metreBeats - beat) * length,
    strong: beat === 0,
  }));
}
