import { type BarUnit, TICKS_PER_BEAT } from '../../contract/grid.ts';
import { type BarMetre, splitInBar } from './bar-metre.ts';
import { type MeasureFrame, measureAt } from './measure-frames.ts';
import { noteValue } from './note-types.ts';
import type { Durations } from './reading.ts';

/** Players hold a note for at least this share of its written length, as a rule. */
const SHORTEST_HOLD = 0.58;
/** Played lengths are rounded to the grid: ticks by which a note may seem longer than it is. */
const ROUNDING = 1;

interface WeighedEnd {
  end: number;
  cost: number;
}

/** Where a played note or chord may be written to end, in ticks. */
export interface EndRange {
  start: number;
  earliest: number;
  latest: number;
  /** It may be written up to the next chord where that begins no later. */
  reach: number;
  /** Places to end at, the longest first, once `EndWeigher` has looked for them; a cost of -1 is not known yet. */
  ends: WeighedEnd[] | null;
}

/**
 * Ends that agree with a note that sounded from `start` to `end`. An arranged note is written at least as far as the
 * eighth that it ends in, and on to the next chord where less than an eighth would be left between them: nobody wants
 * to read a 16th with dotted rests where a quarter is meant.
 *
 * @param eighth ticks of a written eighth
 */
export function endRange(start: number, end: number, durations: Durations, eighth: number): EndRange {
  if (durations === 'written') return { start, earliest: end, latest: end, reach: end, ends: null };
  if (durations === 'played') {
    const latest = start + (end - start + ROUNDING) / SHORTEST_HOLD;
    return { start, earliest: end, latest, reach: latest, ends: null };
  }
  const latest = Math.ceil(end / eighth) * eighth;
  return { start, earliest: end, latest, reach: latest + eighth - 1, ends: null };
}

// Costs in one unit: a symbol that a reader has to read.
const TIE = 1.1;
const REST = 1;
const DOT = 0.3;
const TRIPLET = 1.5;
const SHORT_GRID = 0.4;

/** Ticks of a 32nd. */
const shortest: Record<BarUnit, number> = { eighth: 12, quarter: 6, 'dotted-quarter': 4 };

/** Ticks of the finest division of a beat that notes are written to end on: 32nds, in slower beats 16ths. */
const finest: Record<BarUnit, number> = { eighth: 12, quarter: 6, 'dotted-quarter': 8 };

/** Symbols of a stretch of one measure, and what is hard about them beside their number. */
interface Symbols {
  symbols: number;
  extra: number;
}

const nothing: Symbols = { symbols: 0, extra: 0 };

/** Above the divisions of any bar: tells stretches of a bar apart by one number. */
const BAR_DIVISIONS = 1 << 13;

/**
 * Weighs how the chords of a staff may be written to end: fewest symbols, counting what fills the silence up to the
 * next chord. Remembers how stretches of bars are cut: most lie at the same few places.
 */
export class EndWeigher {
  readonly #frames: readonly MeasureFrame[];
  /** Ticks of the finest division of each beat that notes may end on. */
  readonly #steps: Int32Array;
  readonly #units: BarUnit[] = [];
  readonly #cuts: Map<number, Symbols>[];

  /** @param steps by beat, counted from the first: see `findBeatSteps` */
  constructor(frames: readonly MeasureFrame[], steps: ReadonlyMap<number, number>) {
    this.#frames = frames;
    for (const { unit, start, end } of frames) {
      for (let tick = start; tick < end; tick += TICKS_PER_BEAT) this.#units.push(unit);
    }
    this.#steps = Int32Array.from(this.#units, (unit, beat) =>
      unit === 'quarter' ? (steps.get(beat) ?? finest.quarter) : finest[unit],
    );
    const byMetre = new Map<BarMetre, Map<number, Symbols>>();
    for (const { metre } of frames) if (!byMetre.has(metre)) byMetre.set(metre, new Map());
    this.#cuts = frames.map(({ metre }) => byMetre.get(metre)!);
  }

  /**
   * The best end inside the range and before `limit`, where the next chord of the voice begins; `limit` itself where
   * the range reaches it.
   *
   * @param printRests whether the silence before `limit` is written as rests
   */
  weigh(range: EndRange, limit: number, printRests: boolean): WeighedEnd {
    const { start, earliest, latest, reach } = range;
    range.ends ??= this.#findEnds(range);
    let best: WeighedEnd | null = null;
    let cost = Number.POSITIVE_INFINITY;
    // Of equals the longest is chosen.
    if (limit > latest ? limit <= reach : limit >= earliest && limit > start) {
      cost = this.#noteCost(start, limit);
      best = { end: limit, cost };
    }
    for (const known of range.ends) {
      if (known.end >= limit) continue;
      if (known.cost < 0) known.cost = this.#noteCost(start, known.end);
      const sum = known.cost + (printRests ? this.#restCost(known.end, limit) : 0);
      if (sum >= cost - 1e-9) continue;
      cost = sum;
      best = known;
    }
    if (!best) return { end: limit, cost: this.#noteCost(start, limit) };
    return best.cost === cost ? best : { end: best.end, cost };
  }

  #findEnds({ start, earliest, latest }: EndRange): WeighedEnd[] {
    const ends: WeighedEnd[] = [];
    for (let end = Math.floor(latest); end >= earliest && end > start; end--) {
      if (this.#isPlace(end)) ends.push({ end, cost: -1 });
    }
    return ends;
  }

  #beatAt(tick: number): number {
    return Math.min(Math.floor(tick / TICKS_PER_BEAT), this.#units.length - 1);
  }

  #isPlace(tick: number): boolean {
    const inBeat = tick % TICKS_PER_BEAT;
    return inBeat === 0 || inBeat % this.#steps[this.#beatAt(tick)]! === 0;
  }

  #noteCost(start: number, end: number): number {
    let cost = 0;
    let at = start;
    let symbols = 0;
    for (let index = measureAt(this.#frames, start); at < end && index < this.#frames.length; index++) {
      const to = Math.min(end, this.#frames[index]!.end);
      const count = this.#split(index, at, to, false);
      symbols += count.symbols;
      cost += count.extra;
      at = to;
    }
    return cost + Math.max(0, symbols - 1) * TIE + this.#gridCost(end);
  }

  /** Rests up to `to`, or up to the next bar line: what comes behind it costs the same however the note ends. */
  #restCost(from: number, to: number): number {
    if (from >= to) return 0;
    const index = measureAt(this.#frames, from);
    const { symbols, extra } = this.#split(index, from, Math.min(to, this.#frames[index]!.end), true);
    return symbols * REST + extra;
  }

  #gridCost(end: number): number {
    const inBeat = end % TICKS_PER_BEAT;
    if (inBeat === 0) return 0;
    const unit = this.#units[this.#beatAt(end)]!;
    if (unit === 'dotted-quarter') return inBeat % 16 === 0 ? 0 : SHORT_GRID;
    if (unit === 'eighth') return SHORT_GRID;
    return inBeat % 24 === 0 || inBeat % 16 === 0 ? 0 : SHORT_GRID;
  }

  #split(index: number, from: number, to: number, isRest: boolean): Symbols {
    const frame = this.#frames[index]!;
    const first = (from - frame.start) * frame.divisionsPerTick + frame.lead;
    const last = (to - frame.start) * frame.divisionsPerTick + frame.lead;
    if (first >= last) return nothing;
    // Off the binary grid stands a triplet: its parts are counted beat by beat.
    const grid = shortest[frame.unit];
    if ((from - frame.start) % grid !== 0 || (to - frame.start) % grid !== 0) {
      const beats = Math.ceil(to / TICKS_PER_BEAT) - Math.floor(from / TICKS_PER_BEAT);
      return { symbols: beats, extra: (from % TICKS_PER_BEAT) + (to - from) > TICKS_PER_BEAT ? TRIPLET : 0 };
    }
    const key = (first * BAR_DIVISIONS + last) * 2 + (isRest ? 1 : 0);
    let known = this.#cuts[index]!.get(key);
    if (!known) {
      const pieces = splitInBar({ from: first, to: last }, frame.metre, isRest);
      const dots = pieces.filter((piece) => noteValue(piece.to - piece.from)!.dots > 0).length;
      known = { symbols: pieces.length, extra: dots * DOT };
      this.#cuts[index]!.set(key, known);
    }
    return known;
  }
}
