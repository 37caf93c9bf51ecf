import type { HarmonySpan } from '../harmony.ts';
import { uniform } from '../random.ts';
import type { Song } from '../song.ts';
import { voiceChord } from './voicing.ts';

/** Bass notes lie between F♯1 and E3. */
const LOWEST_BASS = 30;
const HIGHEST_BASS = 52;
/** A third sounds clear over a bass from here on (A2); below it the next tone is at least a fifth away. */
const CLEAR_THIRD_FROM = 45;
/** The left hand's figures reach this far above the bass: a tenth. */
const LOWER_REACH = 16;
const LOWER_TOP = 62;
/** The right hand's chords. */
const UPPER_LOW = 53;
/** Where there is room above, they stay clear of the left hand's tenor. */
const CLEAR_UPPER_LOW = 57;
const UPPER_HIGH = 77;
const UPPER_SPAN = 12;
/** Distance kept under the melody, and what the hand reaches below it. */
const UNDER_MELODY = 2;
const HAND_REACH = 14;

/** The bass pitches of one take, each near the one before. */
export class BassLine {
  #last: number | null = null;
  #span: HarmonySpan | null = null;

  /** Pitch for a span's bass; the same all through the span. */
  over(span: HarmonySpan, centre: number): number {
    if (this.#span === span && this.#last !== null) return this.#last;
    const before = this.#last ?? centre;
    let best = LOWEST_BASS;
    let bestCost = Number.POSITIVE_INFINITY;
    for (let pitch = LOWEST_BASS; pitch <= HIGHEST_BASS; pitch++) {
      if (pitch % 12 !== span.bass) continue;
      const cost = Math.abs(pitch - before) + 1.2 * Math.abs(pitch - centre);
      if (cost < bestCost) {
        best = pitch;
        bestCost = cost;
      }
    }
    this.#last = best;
    this.#span = span;
    return best;
  }

  /** The fifth (or another tone) near the span's bass, for basses that alternate. */
  fifth(span: HarmonySpan): number {
    const bass = this.#last!;
    const tone = span.tones[2] ?? span.tones[1] ?? span.bass;
    const up = (tone - (bass % 12) + 12) % 12;
    const below = bass + up - 12;
    return below >= LOWEST_BASS + 2 ? below : bass + up;
  }
}

/** Chord tones above a bass that the left hand plays one by one, from the bottom; below `floor`. */
export function lowerTones(span: HarmonySpan, bass: number, floor: number): number[] {
  const from = bass + (bass >= CLEAR_THIRD_FROM ? 3 : 7);
  const to = Math.min(bass + LOWER_REACH, LOWER_TOP, floor - 1);
  const tones: number[] = [];
  for (let pitch = from; pitch <= to; pitch++) {
    if (!span.tones.includes(pitch % 12)) continue;
    // A figure climbs in steps of at least a third.
    if (tones.length > 0 && pitch - tones.at(-1)! < 3) continue;
    tones.push(pitch);
  }
  return tones;
}

/** The right hand's voicings, each led from the one before, under the melody where there is one. */
export class UpperVoicings {
  readonly #song: Song;
  #span: HarmonySpan | null = null;
  #bar = -1;
  #current: number[] = [];
  #previous: number[] | null = null;

  constructor(song: Song) {
    this.#song = song;
  }

  /** Lowest pitch that belongs to the melody or may not be crossed in [from, to). */
  floorAt(from: number, to: number): number {
    return this.#song.melody.range(from, to)?.low ?? UPPER_HIGH + 1;
  }

  /** The voicing for a hit: that of its chord in this bar, less what the hand cannot reach under the melody now. */
  at(tick: number, bar: number, span: HarmonySpan): number[] {
    if (this.#span !== span || this.#bar !== bar) this.#move(tick, bar, span);
    const melody = this.#song.melody.range(tick, tick + 24);
    if (!melody) return this.#current;
    return this.#current.filter(
      (pitch) => pitch <= melody.low - UNDER_MELODY && pitch >= melody.high - HAND_REACH,
    );
  }

  #move(tick: number, bar: number, span: HarmonySpan): void {
    const { seed } = this.#song.settings;
    const { label } = this.#song.places[bar];
    const { bars } = this.#song.grid;
    const barEnd = bars[bar + 1]?.start ?? this.#song.grid.end;
    const melody = this.#song.melody.range(tick, Math.min(span.end, barEnd));
    const taste = uniform(seed, 'voicing register', label);
    const shift = taste < 0.3 ? -3 : taste < 0.7 ? 0 : 4;
    const rich = uniform(seed, 'voicing size', label) < 0.5 ? 1 : 0;
    const high = Math.min(UPPER_HIGH, melody ? melody.low - UNDER_MELODY : UPPER_HIGH);
    const floor = high - CLEAR_UPPER_LOW >= 7 ? CLEAR_UPPER_LOW : UPPER_LOW;
    const low = Math.max(floor, melody ? Math.min(melody.high - HAND_REACH, high - 7) : floor);
    const space = {
      low,
      high,
      span: UPPER_SPAN,
      count: (melody ? 2 : 3) + rich,
      centre: melody ? high - 4 + shift / 2 : 65 + shift,
    };
    this.#span = span;
    this.#bar = bar;
    this.#current = voiceChord(span, space, this.#previous);
    if (this.#current.length > 0) this.#previous = this.#current;
  }
}
