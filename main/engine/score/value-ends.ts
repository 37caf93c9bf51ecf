import { type BarUnit, TICKS_PER_BEAT } from '../../contract/grid.ts';
import { splitInBar } from './bar-metre.ts';
import { type MeasureFrame, measureAt } from './measure-frames.ts';
import { noteValue } from './note-types.ts';
import type { Durations } from './reading.ts';

/** Players hold a note for at least this share of its written length, as a rule. */
const SHORTEST_HOLD = 0.58;
/** Played lengths are rounded to the grid: ticks by which a note may seem longer than it is. */
const ROUNDING = 1;

/** Where a played note or chord may be written to end, in ticks. */
export interface EndRange {
  start: number;
  earliest: number;
  latest: number;
  /** It may be written up to the next chord where that begins no later. */
  reach: number;
}

/**
 * Ends that agree with a note that sounded from `start` to `end`. An arranged note is written at least as far as the
 * eighth that it ends in, and on to the next chord where less than an eighth would be left between them: nobody wants
 * to read a 16th with dotted rests where a quarter is meant.
 *
 * @param eighth ticks of a written eighth
 */
export function endRange(start: number, end: number, durations: Durations, eighth: number): EndRange {
  if (durations === 'written') return { start, earliest: end, latest: end, reach: end };
  if (durations === 'played') {
    const latest = start + (end - start + ROUNDING) / SHORTEST_HOLD;
    return { start, earliest: end, latest, reach: latest };
  }
  const latest = Math.ceil(end / eighth) * eighth;
  return { start, earliest: end, latest, reach: latest + eighth - 1 };
}

// Costs in one unit: a symbol that a reader has to read.
const TIE = 1.1;
const REST = 1;
const DOT = 0.3;
const TRIPLET = 1.5;
const SHORT_GRID = 0.4;

/** Ticks of a 32nd. */
const shortest: Record<BarUnit, number> = { eighth: 12, quarter: 6, 'dotted-quarter': 4 };

interface WeighedEnd {
  end: number;
  cost: number;
}

/**
 * Weighs how the chords of a staff may be written to end: fewest symbols, counting what fills the silence up to the
 * next chord. Remembers what it has weighed.
 */
export class EndWeigher {
  readonly #frames: readonly MeasureFrame[];
  readonly #steps: ReadonlyMap<number, number>;
  /** By range, limit and whether rests are printed: chords are weighed for every way that leads to them. */
  readonly #known = new WeakMap<EndRange, Map<number, WeighedEnd>>();

  /** @param steps by beat, counted from the first: see `findBeatSteps` */
  constructor(frames: readonly MeasureFrame[], steps: ReadonlyMap<number, number>) {
    this.#frames = frames;
    this.#steps = steps;
  }

  /**
   * The best end inside the range and before `limit`, where the next chord of the voice begins; `limit` itself where
   * the range reaches it.
   *
   * @param printRests whether the silence before `limit` is written as rests
   */
  weigh(range: EndRange, limit: number, printRests: boolean): WeighedEnd {
    const { start } = range;
    let weighed = this.#known.get(range);
    if (!weighed) {
      weighed = new Map();
      this.#known.set(range, weighed);
    }
    const key = limit * 2 + (printRests ? 1 : 0);
    const known = weighed.get(key);
    if (known) return known;
    let best = { end: limit, cost: Number.POSITIVE_INFINITY };
    for (const end of this.#candidates(range, limit)) {
      const cost = this.#noteCost(start, end) + (printRests ? this.#restCost(end, limit) : 0);
      if (cost < best.cost - 1e-9) best = { end, cost };
    }
    if (best.cost === Number.POSITIVE_INFINITY) best = { end: limit, cost: this.#noteCost(start, limit) };
    weighed.set(key, best);
    return best;
  }

  /** Places to end at, the longest first: of equals the longest is chosen. */
  #candidates({ start, earliest, latest, reach }: EndRange, limit: number): number[] {
    const ends: number[] = limit > latest && limit <= reach ? [limit] : [];
    for (let end = Math.floor(Math.min(latest, limit)); end >= earliest && end > start; end--) {
      if (end === limit || this.#isPlace(end)) ends.push(end);
    }
    return ends;
  }

  #isPlace(tick: number): boolean {
    const inBeat = tick % TICKS_PER_BEAT;
    if (inBeat === 0) return true;
    const { unit } = this.#frames[measureAt(this.#frames, tick - 1)]!;
    if (unit === 'dotted-quarter') return inBeat % 8 === 0;
    if (unit === 'eighth') return inBeat % shortest.eighth === 0;
    return inBeat % (this.#steps.get(Math.floor(tick / TICKS_PER_BEAT)) ?? 6) === 0;
  }

  #noteCost(start: number, end: number): number {
    let cost = 0;
    let at = start;
    let symbols = 0;
    for (let index = measureAt(this.#frames, start); at < end && index < this.#frames.length; index++) {
      const frame = this.#frames[index]!;
      const to = Math.min(end, frame.end);
      const count = this.#split(frame, at, to, false);
      symbols += count.symbols;
      cost += count.extra;
      at = to;
    }
    return cost + Math.max(0, symbols - 1) * TIE + this.#gridCost(end);
  }

  /** Rests up to `to`, or up to the next bar line: what comes behind it costs the same however the note ends. */
  #restCost(from: number, to: number): number {
    if (from >= to) return 0;
    const frame = this.#frames[measureAt(this.#frames, from)]!;
    const { symbols, extra } = this.#split(frame, from, Math.min(to, frame.end), true);
    return symbols * REST + extra;
  }

  #gridCost(end: number): number {
    const inBeat = end % TICKS_PER_BEAT;
    if (inBeat === 0) return 0;
    const { unit } = this.#frames[measureAt(this.#frames, end - 1)]!;
    if (unit === 'dotted-quarter') return inBeat % 16 === 0 ? 0 : SHORT_GRID;
    if (unit === 'eighth') return SHORT_GRID;
    return inBeat % 24 === 0 || inBeat % 16 === 0 ? 0 : SHORT_GRID;
  }

  #split(frame: MeasureFrame, from: number, to: number, isRest: boolean): { symbols: number; extra: number } {
    const toDivisions = (tick: number) => (tick - frame.start) * frame.divisionsPerTick + frame.lead;
    const stretch = { from: toDivisions(from), to: toDivisions(to) };
    if (stretch.from >= stretch.to) return { symbols: 0, extra: 0 };
    // Off the binary grid stands a triplet: its parts are counted beat by beat.
    const grid = shortest[frame.unit];
    if ((from - frame.start) % grid !== 0 || (to - frame.start) % grid !== 0) {
      const beats = Math.ceil(to / TICKS_PER_BEAT) - Math.floor(from / TICKS_PER_BEAT);
      return { symbols: beats, extra: (from % TICKS_PER_BEAT) + (to - from) > TICKS_PER_BEAT ? TRIPLET : 0 };
    }
    const pieces = splitInBar(stretch, frame.metre, isRest);
    const dots = pieces.filter((piece) => noteValue(piece.to - piece.from)!.dots > 0).length;
    return { symbols: pieces.length, extra: dots * DOT };
  }
}
