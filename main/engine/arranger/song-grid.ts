import type { Analysis, Metre } from '../../contract/analysis.ts';
import type { Arrangement, Bar } from '../../contract/arrangement.ts';
import { SongleafError } from '../../contract/errors.ts';
import { type BarUnit, TICKS_PER_BEAT } from '../../contract/grid.ts';

/** Longest bar that the contract knows, in beats. */
const LONGEST_BAR = 16;

/** The song's beats and bars. Times in ticks unless said. */
export interface SongGrid {
  /** Seconds of each beat, and of the last beat's end. */
  beatTimes: number[];
  /** Contiguous from 0 to `end`. */
  bars: Bar[];
  /** One for each run of bars with the same time signature. */
  metres: Arrangement['metres'];
  end: number;
}

/** The shortest step of the straight grid: a quarter of a quarter beat, a sixth of a dotted quarter. */
export function slotTicks(unit: BarUnit): number {
  return unit === 'quarter' ? TICKS_PER_BEAT / 4 : TICKS_PER_BEAT / 6;
}

/** Ticks from the start of a bar to its end. */
export function barTicks(bar: Bar): number {
  return bar.beats * TICKS_PER_BEAT;
}

/** Index of the bar that holds `tick`; the last bar for ticks after the end. */
export function barIndexAt(bars: readonly Bar[], tick: number): number {
  let low = 0;
  let high = bars.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (bars[middle].start <= tick) low = middle;
    else high = middle - 1;
  }
  return low;
}

/**
 * Makes bars of beats and metres. A bar begins at the first beat, at every downbeat and wherever the count falls back
 * (a missed downbeat). A bar whose beats are not those of its metre, other than the pickup and the last, is a change
 * of time signature for that bar.
 * @throws SongleafError `analysis-invalid`: no beats, or beats that are not in order.
 */
export function layOutBars(analysis: Analysis): SongGrid {
  const { beats } = analysis;
  if (beats.length === 0) {
    throw new SongleafError(
      'analysis-invalid',
      `“${analysis.song.title}” has no beats, so nothing can be written on a beat grid.`,
      'Set the beats by hand (tap along, or give a tempo), then arrange again.',
    );
  }
  for (let i = 1; i < beats.length; i++) {
    if (!(beats[i].time > beats[i - 1].time)) {
      throw new SongleafError(
        'analysis-invalid',
        `Beat ${i + 1} of “${analysis.song.title}” is not after beat ${i}.`,
        'Correct the beats, or analyse the song again.',
      );
    }
  }
  const bars = cutBars(analysis);
  return {
    beatTimes: timeBeats(analysis),
    bars,
    metres: readMetres(bars, analysis.metres),
    end: beats.length * TICKS_PER_BEAT,
  };
}

function timeBeats(analysis: Analysis): number[] {
  const times = analysis.beats.map((beat) => beat.time);
  const last = times.length - 1;
  const interval = last > 0 ? times[last] - times[last - 1] : 60 / analysis.tempo.bpm;
  return [...times, times[last] + interval];
}

function cutBars(analysis: Analysis): Bar[] {
  const { beats } = analysis;
  const metreAt = readInOrder(analysis.metres);
  const starts: number[] = [];
  beats.forEach((beat, i) => {
    const fellBack = i > 0 && beat.position <= beats[i - 1].position;
    const tooLong = i > 0 && i - starts.at(-1)! >= LONGEST_BAR;
    if (i === 0 || beat.position === 1 || fellBack || tooLong) starts.push(i);
  });
  return starts.map((first, index) => {
    const count = (starts[index + 1] ?? beats.length) - first;
    const start = first * TICKS_PER_BEAT;
    const metre = metreAt(start);
    const isPickup = index === 0 && beats[0].position !== 1;
    const isLast = index === starts.length - 1;
    const mayBeShort = isPickup || isLast;
    const metreBeats = mayBeShort ? Math.max(metre.beats, count) : count;
    return { start, beats: count, metreBeats, unit: metre.unit };
  });
}

/** Looks up the metre of ticks that never fall: the last that has begun, or the first. */
function readInOrder(metres: readonly Metre[]): (tick: number) => Metre {
  const sorted = metres.toSorted((a, b) => a.start - b.start);
  let at = 0;
  return (tick) => {
    while (at + 1 < sorted.length && sorted[at + 1].start <= tick) at++;
    return sorted[at];
  };
}

function readMetres(bars: readonly Bar[], heard: readonly Metre[]): Arrangement['metres'] {
  const metres: Arrangement['metres'] = [];
  const heardAt = readInOrder(heard);
  for (const bar of bars) {
    const before = metres.at(-1);
    if (before && before.beats === bar.metreBeats && before.unit === bar.unit) continue;
    const source = heardAt(bar.start);
    const agrees = source.beats === bar.metreBeats && source.unit === bar.unit;
    metres.push({
      start: bar.start,
      beats: bar.metreBeats,
      unit: bar.unit,
      confidence: agrees ? source.confidence : 0,
    });
  }
  return metres;
}
