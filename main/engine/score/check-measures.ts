import { type CheckOptions, EPSILON, type Report } from './check-score.ts';
import { groupBy } from './group-by.ts';
import type { ReadItem, ReadMeasure } from './musicxml-content.ts';

const LOWEST = 21;
const HIGHEST = 108;
const MOST_VOICES = 2;
const MOST_FOREIGN_VOICES = 4;

/** Lengths, numbers and bar lines of measures, and each voice's way through them. */
export function checkMeasures(measures: readonly ReadMeasure[], options: CheckOptions, report: Report): void {
  const { foreign = false } = options;
  const numbers = new Set<string>();
  const staffOfVoice = new Map<string, number>();
  measures.forEach((measure, at) => {
    const { number } = measure;
    if (numbers.has(number)) report('measure-number', number, `Two measures have the number ${number}.`);
    numbers.add(number);
    if (measure.divisions !== measures[0]!.divisions && !foreign) {
      report('divisions', number, `Divisions change to ${measure.divisions}.`);
    }
    checkLength(measure, isCut(measures, at) || at === measures.length - 1, report);
    checkVoices(measure, staffOfVoice, foreign, report);
    for (const item of measure.items) {
      if (!item.grace && !item.cue) checkItem(item, number, options, report);
    }
    for (const harmony of measure.harmonies) {
      if (harmony < -EPSILON || harmony >= measure.length - EPSILON) {
        report('harmony', number, `A chord symbol stands at ${harmony}, outside the measure.`);
      }
    }
  });
  const last = measures[measures.length - 1];
  if (last && last.rightBarline !== 'light-heavy')
    report('barline', last.number, 'The last bar line is not final.');
}

/** A measure that is a whole bar together with its neighbour: cut by a repeat or a double bar. */
function isCut(measures: readonly ReadMeasure[], at: number): boolean {
  const { length, nominal } = measures[at]!;
  const isRest = (other: ReadMeasure | undefined) =>
    other !== undefined && nominal !== null && Math.abs(other.length + length - nominal) < EPSILON;
  return isRest(measures[at - 1]) || isRest(measures[at + 1]);
}

function checkLength(measure: ReadMeasure, mayBeShort: boolean, report: Report): void {
  const { number, length, nominal, cursor } = measure;
  if (nominal === null) report('measure-length', number, 'No time signature holds.');
  else if (length > nominal + EPSILON) {
    report('measure-length', number, `The measure lasts ${length} quarters; its metre has ${nominal}.`);
  } else if (length < nominal - EPSILON && !measure.implicit && !mayBeShort) {
    report('measure-length', number, `The measure lasts only ${length} of ${nominal} quarters.`);
  }
  if (Math.abs(cursor - length) > EPSILON) {
    report('measure-cursor', number, `The measure's content ends at ${cursor}, not at ${length}.`);
  }
}

function checkVoices(
  measure: ReadMeasure,
  staffOfVoice: Map<string, number>,
  foreign: boolean,
  report: Report,
): void {
  const { number } = measure;
  const itemsOfVoice = groupBy(
    measure.items.filter((item) => !item.inChord && !item.grace && !item.cue),
    (item) => item.voice,
  );
  const voicesOfStaff = new Map<number, number>();
  for (const [voice, items] of itemsOfVoice) {
    const staff = items[0]!.staff;
    voicesOfStaff.set(staff, (voicesOfStaff.get(staff) ?? 0) + 1);
    const known = staffOfVoice.get(voice) ?? staff;
    staffOfVoice.set(voice, known);
    const isElsewhere = (item: ReadItem) => item.staff !== known;
    const all = measure.items.filter((item) => item.voice === voice && !item.grace && !item.cue);
    if (foreign ? all.every(isElsewhere) : all.some(isElsewhere)) {
      report('voice-staff', number, `Voice ${voice} is on staff ${known} and on another.`, staff);
    }
    checkFilled(voice, items, measure, foreign, report);
  }
  for (const [staff, voices] of voicesOfStaff) {
    const most = foreign ? MOST_FOREIGN_VOICES : MOST_VOICES;
    if (voices > most) report('voice-count', number, `Staff ${staff} has ${voices} voices.`, staff);
  }
}

function checkFilled(
  voice: string,
  items: readonly ReadItem[],
  measure: ReadMeasure,
  foreign: boolean,
  report: Report,
): void {
  const { number, length, skips } = measure;
  const isSkipped = (from: number, to: number) =>
    // What lies before a voice begins and after it has ended is no gap in it either.
    foreign &&
    (from < EPSILON ||
      to > length - EPSILON ||
      skips.some((skip) => skip.from <= from + EPSILON && skip.to >= to - EPSILON));
  const [{ staff }] = items as [ReadItem];
  let end = 0;
  for (const item of [...items].sort((a, b) => a.at - b.at)) {
    if (item.at < end - EPSILON) {
      report('voice-overlap', number, `Voice ${voice} overlaps itself at quarter ${short(item.at)}.`, staff);
    } else if (item.at > end + EPSILON && !isSkipped(end, item.at)) {
      const gap = `from quarter ${short(end)} to ${short(item.at)}`;
      report('voice-gap', number, `Voice ${voice} has nothing ${gap}.`, staff);
    }
    end = Math.max(end, item.at + item.duration);
  }
  if (Math.abs(end - length) > EPSILON && !(end < length && isSkipped(end, length))) {
    report('voice-gap', number, `Voice ${voice} ends at ${short(end)} of ${short(length)} quarters.`, staff);
  }
}

function short(quarters: number): number {
  return Number(quarters.toFixed(3));
}

function checkItem(item: ReadItem, number: string, { foreign = false }: CheckOptions, report: Report): void {
  const { staff } = item;
  if (item.kind === 'note' && (item.pitch || !foreign)) {
    const midi = item.pitch?.midi ?? Number.NaN;
    if (!(midi >= LOWEST && midi <= HIGHEST))
      report('range', number, `Pitch ${midi} is not on the piano.`, staff);
  }
  if (item.written !== null && !(Math.abs(item.written - item.duration) < VALUE_EPSILON)) {
    const [written, lasts] = [short(item.written), short(item.duration)];
    report('value', number, `A value of ${written} quarters is written for ${lasts}.`, staff);
  }
  if (item.kind === 'note' && item.written === null)
    report('value', number, 'A note has no written value.', staff);
}

/** Programs round the parts of tuplets to their divisions. */
const VALUE_EPSILON = 0.01;
