import { TICKS_PER_BEAT } from '../../contract/grid.ts';
import type { HandNote } from './hands.ts';

export const opinionSize = 13;

/** Notes that begin so many ticks before or after a note have a say. */
const REACH = 2 * TICKS_PER_BEAT;
/** The say of a note falls to 1/e so many semitones away. */
const NEAR = 3;

/**
 * What is thought of the notes around each note: below and above it, at the onsets before and after, and nearby in pitch
 * and time. One row of `opinionSize` values for each note.
 *
 * @param notes sorted by start, then pitch
 * @param leans log-odds that each is the left hand's
 */
export function describeOpinions(notes: readonly HandNote[], leans: ArrayLike<number>): Float32Array {
  const rows = new Float32Array(notes.length * opinionSize);
  const opinions = Float32Array.from(leans, (lean) => Math.tanh(lean / 3));
  const onsets = groupByStart(notes);
  onsets.forEach((onset, index) => {
    const { start } = notes[onset.first]!;
    const before = onsets[index - 1];
    const after = onsets[index + 1];
    let from = index;
    while (from > 0 && notes[onsets[from - 1]!.first]!.start >= start - REACH) from--;
    let to = index + 1;
    while (to < onsets.length && notes[onsets[to]!.first]!.start <= start + REACH) to++;
    const earlier = { first: onsets[from]!.first, last: onset.first };
    const later = { first: onset.last, last: onsets[to - 1]!.last };
    for (let at = onset.first; at < onset.last; at++) {
      const { pitch } = notes[at]!;
      rows.set(
        [
          leans[at]! / 3,
          at > onset.first ? opinions[at - 1]! : 0,
          at + 1 < onset.last ? opinions[at + 1]! : 0,
          meanOf(opinions, onset),
          meanOf(opinions, before),
          meanOf(opinions, after),
          nearestOf(notes, opinions, before, pitch),
          nearestOf(notes, opinions, after, pitch),
          ...weighAround(notes, opinions, earlier, notes[at]!),
          ...weighAround(notes, opinions, later, notes[at]!),
          opinions[at]!,
        ],
        at * opinionSize,
      );
    }
  });
  return rows;
}

/** Notes from `first` to `last`, exclusive. */
interface Stretch {
  first: number;
  last: number;
}

function groupByStart(notes: readonly HandNote[]): Stretch[] {
  const onsets: Stretch[] = [];
  notes.forEach(({ start }, at) => {
    const onset = onsets[onsets.length - 1];
    if (onset && notes[onset.first]!.start === start) onset.last = at + 1;
    else onsets.push({ first: at, last: at + 1 });
  });
  return onsets;
}

function meanOf(opinions: Float32Array, stretch: Stretch | undefined): number {
  if (!stretch) return 0;
  let sum = 0;
  for (let at = stretch.first; at < stretch.last; at++) sum += opinions[at]!;
  return sum / (stretch.last - stretch.first);
}

function nearestOf(
  notes: readonly HandNote[],
  opinions: Float32Array,
  stretch: Stretch | undefined,
  pitch: number,
): number {
  if (!stretch) return 0;
  let best = stretch.first;
  for (let at = stretch.first; at < stretch.last; at++) {
    if (Math.abs(notes[at]!.pitch - pitch) < Math.abs(notes[best]!.pitch - pitch)) best = at;
  }
  return opinions[best]!;
}

/** The mean opinion, the nearer the weightier, and how much weight it has. */
function weighAround(
  notes: readonly HandNote[],
  opinions: Float32Array,
  { first, last }: Stretch,
  { start, pitch }: HandNote,
): [number, number] {
  let [sum, weights] = [0, 1e-3];
  for (let at = first; at < last; at++) {
    const other = notes[at]!;
    const weight = Math.exp(
      -Math.abs(other.pitch - pitch) / NEAR - Math.abs(other.start - start) / TICKS_PER_BEAT,
    );
    sum += weight * opinions[at]!;
    weights += weight;
  }
  return [sum / weights, Math.min(1, weights)];
}
