import { type HarmonySpan, harmonyAt } from '../harmony.ts';
import type { Layer, LayerNote } from '../layers.ts';
import type { Song } from '../song.ts';
import type { DrawnNote } from './draw-notes.ts';
import type { Step } from './steps.ts';

/** Reach of a hand, semitones. */
const REACH = 14;
/** The bass lies up to G3; above the lowest note of its chord by more than a fifth a note is the left hand's figure. */
const HIGHEST_BASS = 55;
const BASS_RANGE = 7;
/** The right hand's lowest note, and the pitch from which a note is rather its than the left hand's. */
const LOWEST_UPPER = 53;
const HAND_BORDER = 59;
const HIGHEST_LOWER = 66;
/** How much of the network's own velocities is believed, and how far that goes. */
const TOUCH = 0.5;
const MOST_TOUCH = 10;
/** Notes of an onset, by layer. */
const MOST_UPPER = 4;
const MOST_LOWER = 3;

/**
 * Gives drawn notes to bass, left and right hand, likelier notes first; what no hand can reach at its onset is left
 * out. Nothing lies on or above the melody while it sounds in the right hand.
 */
export function layHands(drawn: readonly DrawnNote[], steps: readonly Step[], song: Song): LayerNote[] {
  const byStep = new Map<number, DrawnNote[]>();
  for (const note of drawn) {
    const group = byStep.get(note.step);
    if (group) group.push(note);
    else byStep.set(note.step, [note]);
  }
  const notes: LayerNote[] = [];
  let chord: HarmonySpan | null = null;
  let lowest = Number.POSITIVE_INFINITY;
  for (const [index, group] of [...byStep].sort(([a], [b]) => a - b)) {
    const tick = steps[index].start;
    if (!song.plays[steps[index].bar]) continue;
    const span = harmonyAt(song.harmony, tick);
    if (span !== chord) lowest = Number.POSITIVE_INFINITY;
    chord = span;
    const endOf = ({ until }: DrawnNote) => steps[until]?.start ?? song.grid.end;
    const placed = placeGroup(group, tick, lowest, song).map(({ note, layer }) =>
      toLayer(layer, note, tick, endOf(note)),
    );
    notes.push(...placed);
    for (const note of placed) if (note.layer === 'bass') lowest = Math.min(lowest, note.pitch);
  }
  return levelTouch(notes);
}

interface Placed {
  layer: Layer;
  note: DrawnNote;
}

function placeGroup(group: readonly DrawnNote[], tick: number, lowest: number, song: Song): Placed[] {
  const melody = song.melody.range(tick, tick + 1);
  const under = melody ? group.filter((note) => note.pitch < melody.low) : [...group];
  const sorted = under.toSorted((a, b) => a.pitch - b.pitch);
  const [first] = sorted;
  if (!first) return [];
  const isBass = first.pitch <= Math.min(HIGHEST_BASS, lowest + BASS_RANGE);
  const bass: Placed | null = isBass ? { layer: 'bass', note: first } : null;
  const upper: Placed[] = [];
  const lower: Placed[] = [];
  const rest = (isBass ? sorted.slice(1) : sorted).sort(
    (a, b) => b.probability - a.probability || a.pitch - b.pitch,
  );
  for (const note of rest) {
    const fits = (hand: readonly Placed[], most: number, edge: number | undefined) =>
      hand.length < most &&
      Math.abs(note.pitch - (edge ?? note.pitch)) <= REACH &&
      hand.every((other) => Math.abs(other.note.pitch - note.pitch) <= REACH);
    const upperFits =
      note.pitch >= LOWEST_UPPER && fits(upper, melody ? MOST_UPPER - 1 : MOST_UPPER, melody?.high);
    const lowerFits =
      note.pitch <= HIGHEST_LOWER && fits(lower, bass ? MOST_LOWER - 1 : MOST_LOWER, bass?.note.pitch);
    if (upperFits && (note.pitch >= HAND_BORDER || !lowerFits)) upper.push({ layer: 'upper', note });
    else if (lowerFits) lower.push({ layer: 'lower', note });
  }
  return [...(bass ? [bass] : []), ...lower, ...upper];
}

function toLayer(layer: Layer, note: DrawnNote, tick: number, until: number): LayerNote {
  const { pitch, probability, velocity } = note;
  return { layer, start: tick, end: tick, pitch, weight: probability, touch: 127 * velocity, until };
}

/** Turns the network's velocities into how much harder than the mean of its layer each note is struck. */
function levelTouch(notes: readonly LayerNote[]): LayerNote[] {
  const sums = new Map<string, { sum: number; count: number }>();
  for (const { layer, touch = 0 } of notes) {
    const own = sums.get(layer) ?? { sum: 0, count: 0 };
    sums.set(layer, { sum: own.sum + touch, count: own.count + 1 });
  }
  return notes.map((note) => {
    const { sum, count } = sums.get(note.layer)!;
    const touch = TOUCH * ((note.touch ?? 0) - sum / count);
    return { ...note, touch: Math.min(MOST_TOUCH, Math.max(-MOST_TOUCH, touch)) };
  });
}
