import type { Measure, Part } from './score.ts';

/** Shorter passages are easier to read twice. */
const SHORTEST = 4;
/** Bars in which the second time may differ from the first: an ending. */
const LONGEST_ENDING = 4;

/** Parts with what repeats printed once. */
export interface Folded {
  parts: Part[];
  /** Measure of the unfolded parts that each measure of the folded ones is. */
  sources: number[];
}

interface Repeat {
  from: number;
  /** Measures of the passage, first ending included. */
  length: number;
  /** Measures of either ending; 0 where both times are the same. */
  ending: number;
}

/**
 * Prints once what is played twice in a row: a section and the next where both are the same to the note, with first
 * and second endings where only the last bars differ. Marks over the notes do not count, those of the first time stay.
 *
 * @param sections measures with which sections begin, ascending
 */
export function foldRepeats(parts: readonly Part[], sections: readonly number[]): Folded {
  const { measures } = parts[0]!;
  const texts = describeMeasures(parts);
  const starts = [...new Set([measures[0]!.implicit ? 1 : 0, ...sections])].sort((a, b) => a - b);
  const sources: number[] = [];
  const signs = new Map<number, Partial<Measure>>();
  let next = 0;
  for (const [at, from] of starts.entries()) {
    if (from < next) continue;
    const repeat = findRepeat(from, starts.slice(at + 1), parts, texts);
    if (!repeat) continue;
    for (; next < from + repeat.length; next++) sources.push(next);
    addSigns(signs, repeat, measures);
    next = from + 2 * repeat.length - repeat.ending;
    for (; next < from + 2 * repeat.length; next++) sources.push(next);
  }
  for (; next < measures.length; next++) sources.push(next);
  return { parts: parts.map((part) => foldPart(part, sources, signs)), sources };
}

/** All that is played in a measure, in every part, with the signature and time that hold. */
function describeMeasures(parts: readonly Part[]): string[] {
  let key: unknown = null;
  let time: unknown = null;
  let swing: Measure['swing'] = null;
  return parts[0]!.measures.map((measure, at) => {
    key = measure.key ?? key;
    time = measure.time ?? time;
    swing = measure.swing ?? swing;
    const content = parts.map((part) => {
      const { voices, harmonies, length } = part.measures[at]!;
      return [length, harmonies, voices];
    });
    // A note's name and its accidental depend on what is around the passage: what sounds is its pitch.
    return JSON.stringify([key, time, swing, content], (_, value) => {
      if (!value || typeof value !== 'object' || !('pitch' in value)) return value;
      return { ...value, step: null, alter: null, octave: null, accidental: null, courtesy: null };
    });
  });
}

function findRepeat(
  from: number,
  laterStarts: readonly number[],
  parts: readonly Part[],
  texts: readonly string[],
): Repeat | null {
  for (const second of laterStarts) {
    const length = second - from;
    const end = second + length;
    if (length < SHORTEST || end > texts.length) continue;
    let same = 0;
    while (same < length && texts[from + same] === texts[second + same]) same++;
    const ending = length - same;
    if (ending > LONGEST_ENDING || same < SHORTEST || ending * 2 > length) continue;
    const seams = [from, second - ending, second, end - ending, end];
    if (seams.some((seam) => isTiedOver(parts, seam))) continue;
    if (!keepsSignature(parts, second - ending, end)) continue;
    return { from, length, ending };
  }
  return null;
}

/** A tie over a repeat sign would lead to two places. */
function isTiedOver(parts: readonly Part[], measure: number): boolean {
  return parts.some((part) =>
    part.measures[measure]?.voices.some(({ events }) => {
      const [first] = events;
      return first?.kind === 'chord' && first.notes.some((note) => note.tieStop);
    }),
  );
}

/** Whether no signature changes from the first ending on to the end of the second time. */
function keepsSignature(parts: readonly Part[], from: number, to: number): boolean {
  return parts[0]!.measures.slice(from, to + 1).every(({ key, time }) => key === null && time === null);
}

function addSigns(
  signs: Map<number, Partial<Measure>>,
  { from, length, ending }: Repeat,
  measures: readonly Measure[],
): void {
  const add = (measure: number, own: Partial<Measure>) =>
    signs.set(measure, { ...signs.get(measure), ...own });
  const second = measures[from + length]!.rehearsal;
  const first = measures[from]!.rehearsal;
  add(from, {
    repeatStart: true,
    rehearsal:
      first !== null && second !== null && second !== first ? `${first}, ${second}` : (first ?? second),
  });
  add(from + length - 1, { repeatEnd: true, rightBarline: 'single' });
  if (ending === 0) return;
  const bracket = (start: number, number: 1 | 2) => {
    for (let at = start; at < start + ending; at++) {
      add(at, { ending: { number, start: at === start, stop: at === start + ending - 1 } });
    }
  };
  bracket(from + length - ending, 1);
  bracket(from + 2 * length - ending, 2);
}

function foldPart(
  part: Part,
  sources: readonly number[],
  signs: ReadonlyMap<number, Partial<Measure>>,
): Part {
  const hasPickup = part.measures[0]!.implicit;
  const measures = sources.map((source, at) => {
    const measure = {
      ...part.measures[source]!,
      ...signs.get(source),
      number: String(hasPickup ? at : at + 1),
    };
    // Marks over the system stand over its top part, and only there.
    if (part.measures.every((each) => each.rehearsal === null)) measure.rehearsal = null;
    return measure;
  });
  const last = measures[measures.length - 1]!;
  if (!last.repeatEnd) last.rightBarline = 'final';
  return { ...part, measures };
}
