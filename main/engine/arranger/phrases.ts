import { TICKS_PER_BEAT } from '../../contract/grid.ts';
import type { SungNote } from './melody.ts';

/** A rest of the melody this long, a beat, parts two phrases. */
const BREATH = TICKS_PER_BEAT;
/** No phrase is longer, 16 beats: a melody that never breathes is shaped all the same. */
const LONGEST = 16 * TICKS_PER_BEAT;

/** A stretch of the melody that a singer takes in one breath. */
export interface Phrase {
  start: number;
  end: number;
  /** Mean pitch. */
  pitch: number;
}

/** The melody's phrases, in order. */
export function readPhrases(notes: readonly SungNote[]): Phrase[] {
  const phrases: Phrase[] = [];
  let own: SungNote[] = [];
  const close = () => {
    const last = own.at(-1);
    if (!last) return;
    const pitch = own.reduce((sum, note) => sum + note.pitch, 0) / own.length;
    phrases.push({ start: own[0].start, end: last.end, pitch });
    own = [];
  };
  for (const note of notes) {
    const last = own.at(-1);
    if (last && (note.start - last.end >= BREATH || note.end - own[0].start > LONGEST)) close();
    own.push(note);
  }
  close();
  return phrases;
}

/** The phrase that sounds at a tick, if any. */
export function phraseAt(phrases: readonly Phrase[], tick: number): Phrase | null {
  let low = 0;
  let high = phrases.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (phrases[middle].end <= tick) low = middle + 1;
    else high = middle;
  }
  const phrase = phrases[low];
  return phrase && phrase.start <= tick ? phrase : null;
}

/** How far a phrase has risen at a tick, -1 at its ends to 1 at its height, which lies behind its middle. */
export function swellAt({ start, end }: Phrase, tick: number): number {
  const place = (tick - start) / Math.max(1, end - start);
  return 2 * Math.sin(Math.PI * place ** 1.3) - 1;
}
