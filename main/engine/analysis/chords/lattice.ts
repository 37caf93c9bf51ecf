import type { BarPosition } from '../beats.ts';
import type { Emissions } from './emissions.ts';
import { durationPrior, type HarmonyPrior, LONGEST } from './priors.ts';
import { NONE, STATES, TRIADS, triadOf } from './states.ts';
import type { ChordWeights } from './weights.ts';

/** Chords that may begin on a beat: so many of the likeliest there. */
const CANDIDATES = 24;

/** What it costs to strike the same chord again: only what lasts longer than `LONGEST` should. */
const RENEWAL = 2;

/** ln P(duration) by bar length and position; filled when first asked for. */
const durations = new Map<number, Float64Array>();

function durationsFrom({ beats, position }: BarPosition): Float64Array {
  const key = beats * 100 + position;
  let row = durations.get(key);
  if (!row) {
    row = Float64Array.from({ length: LONGEST + 1 }, (_, d) =>
      d > 0 ? durationPrior(beats, position, d) : 0,
    );
    durations.set(key, row);
  }
  return row;
}

const triads = Uint8Array.from({ length: STATES }, (_, state) => triadOf(state));

/**
 * All ways to cut a song into chords that begin on beats and last 1 to `LONGEST` beats, and what each piece scores: a
 * semi-Markov model (explicit durations) on the beat grid.
 */
export class Lattice {
  readonly beats: number;
  /** States that may begin on each beat, ascending. */
  readonly candidates: readonly Uint8Array[];
  readonly #sums: Float64Array;
  readonly #halves: Float32Array;
  readonly #bars: readonly BarPosition[];
  readonly #priorAt: (beat: number) => HarmonyPrior;
  readonly #weights: ChordWeights;

  /** @param priorAt what the harmony before a beat makes likely on it */
  constructor(
    emissions: Emissions,
    bars: readonly BarPosition[],
    priorAt: (beat: number) => HarmonyPrior,
    weights: ChordWeights,
  ) {
    this.beats = emissions.beats;
    this.#halves = emissions.halves;
    this.#bars = bars;
    this.#priorAt = priorAt;
    this.#weights = weights;
    this.#sums = new Float64Array((this.beats + 1) * STATES);
    for (let beat = 0; beat < this.beats; beat++) {
      for (let s = 0; s < STATES; s++) {
        this.#sums[(beat + 1) * STATES + s] =
          this.#sums[beat * STATES + s] +
          this.#halves[2 * beat * STATES + s] +
          this.#halves[(2 * beat + 1) * STATES + s];
      }
    }
    this.candidates = Array.from({ length: this.beats }, (_, beat) => this.#chooseCandidates(beat));
  }

  #chooseCandidates(beat: number): Uint8Array {
    const next = Math.min(this.beats, beat + 2);
    const score = (s: number) => this.#sum(beat, beat + 1, s) + 0.5 * this.#sum(beat + 1, next, s);
    const scores = Float64Array.from({ length: STATES }, (_, s) => score(s));
    const order = Array.from({ length: NONE }, (_, s) => s).sort((a, b) => scores[b] - scores[a] || a - b);
    return Uint8Array.from([...order.slice(0, CANDIDATES).sort((a, b) => a - b), NONE]);
  }

  #sum(from: number, to: number, state: number): number {
    return this.#sums[to * STATES + state] - this.#sums[from * STATES + state];
  }

  /** Score of a chord over beats `[from, to)`. The song's end cuts the last chord off, which says nothing of its length. */
  scoreSegment(state: number, from: number, to: number): number {
    const cut = to === this.beats;
    const duration = cut ? 0 : this.#weights.duration * durationsFrom(this.#bars[from])[to - from];
    return this.#sum(from, to, state) + duration;
  }

  /** Score of the first chord. */
  scoreStart(state: number): number {
    return this.#weights.quality * this.#priorAt(0).quality[state];
  }

  /** Score of a change on a beat; the chord may come an eighth before it, or an eighth late. */
  scoreChange(from: number, to: number, beat: number): number {
    // A chord longer than any is cut in two.
    if (from === to) return -RENEWAL;
    const { progression, quality, change, sharpness, anticipation, delay } = this.#weights;
    const prior = this.#priorAt(beat);
    const before = (2 * beat - 1) * STATES;
    const after = 2 * beat * STATES;
    const early = this.#halves[before + to] - this.#halves[before + from] - anticipation;
    const late = this.#halves[after + from] - this.#halves[after + to] - delay;
    return (
      progression * prior.next[triads[from] * TRIADS + triads[to]] +
      quality * prior.quality[to] -
      change +
      (sharpness > 0 ? Math.max(0, early, late) : 0)
    );
  }
}
