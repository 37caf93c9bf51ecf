import type { Bar } from '../../contract/arrangement.ts';
import { SongleafError } from '../../contract/errors.ts';
import { type BarUnit, TICKS_PER_BEAT, ticksPerQuarter } from '../../contract/grid.ts';
import { type BarMetre, readMetre } from './bar-metre.ts';
import { DIVISIONS, type TimeSignature } from './score.ts';

/** A bar of the beat grid with its place on the page. */
export interface MeasureFrame {
  index: number;
  /** Ticks, end exclusive. */
  start: number;
  end: number;
  unit: BarUnit;
  divisionsPerTick: number;
  /** Divisions. */
  length: number;
  /** Divisions that a short first bar lacks at its beginning: its beats keep their places in the metre. */
  lead: number;
  time: TimeSignature;
  metre: BarMetre;
}

/**
 * Lays out the bars of an arrangement.
 *
 * @throws SongleafError `score-invalid` where bars do not follow one another from the first beat on, on whole beats
 */
export function frameMeasures(bars: readonly Bar[]): MeasureFrame[] {
  let expected = 0;
  const metres = new Map<string, BarMetre>();
  return bars.map((bar, index) => {
    if (bar.start !== expected || bar.start % TICKS_PER_BEAT !== 0) {
      throw new SongleafError(
        'score-invalid',
        `Bar ${index + 1} of the arrangement starts at tick ${bar.start} instead of ${expected}.`,
        'Arrange the song again.',
      );
    }
    expected = bar.start + bar.beats * TICKS_PER_BEAT;
    const divisionsPerTick = DIVISIONS / ticksPerQuarter(bar.unit);
    // Only the first and the last bar may be shorter than the metre that is printed; in between, the metre follows.
    const isEdge = bars.length > 1 && (index === 0 || index === bars.length - 1);
    const metreBeats = isEdge ? Math.max(bar.metreBeats, bar.beats) : bar.beats;
    const beatLength = TICKS_PER_BEAT * divisionsPerTick;
    const time = timeOf(bar, metreBeats);
    const key = `${metreBeats} ${bar.unit} ${time.beatType} ${time.groups}`;
    const metre = metres.get(key) ?? readMetre(metreBeats, bar.unit, time);
    metres.set(key, metre);
    return {
      index,
      start: bar.start,
      end: expected,
      unit: bar.unit,
      divisionsPerTick,
      length: bar.beats * beatLength,
      lead: index === 0 ? (metreBeats - bar.beats) * beatLength : 0,
      time,
      metre,
    };
  });
}

function timeOf({ unit, signature, metreBeats: stated }: Bar, metreBeats: number): TimeSignature {
  // A signature is of a bar of its own length.
  if (signature && stated === metreBeats) return signature;
  if (unit === 'eighth') return { beats: metreBeats, beatType: 8 };
  return unit === 'quarter' ? { beats: metreBeats, beatType: 4 } : { beats: metreBeats * 3, beatType: 8 };
}

/** Index of the measure that holds a tick; ticks outside the song belong to the first or last. */
export function measureAt(frames: readonly MeasureFrame[], tick: number): number {
  let low = 0;
  let high = frames.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (frames[middle]!.start <= tick) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Index of the measure whose start is nearest to a tick, the later of two. */
export function nearestMeasure(frames: readonly MeasureFrame[], tick: number): number {
  const index = measureAt(frames, tick);
  const frame = frames[index]!;
  return tick * 2 >= frame.start + frame.end && index + 1 < frames.length ? index + 1 : index;
}
