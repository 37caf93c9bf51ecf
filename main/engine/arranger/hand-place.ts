/** Semitones that lie under a hand. */
const UNDER_HAND = 12;

/** Where a hand lies that moves no farther than it must. */
export class HandPlace {
  /** The lowest key under it; null until it has played. */
  #lowest: number | null = null;

  /** Lays the hand over keys from `low` to `high`; returns the semitones that it moves. */
  reach(low: number, high: number): number {
    const before = this.#lowest;
    this.#lowest = this.#moved(low, high);
    return before === null ? 0 : Math.abs(this.#lowest - before);
  }

  /** Semitones that it would have to move for a key. */
  distanceTo(pitch: number): number {
    return this.#lowest === null ? 0 : Math.abs(this.#moved(pitch, pitch) - this.#lowest);
  }

  #moved(low: number, high: number): number {
    return Math.min(low, Math.max(this.#lowest ?? low, high - UNDER_HAND));
  }
}
