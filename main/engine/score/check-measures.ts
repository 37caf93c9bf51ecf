import { EPSILON, type Report } from './check-score.ts';
import { groupBy } from './group-by.ts';
import type { ReadItem, ReadMeasure } from './musicxml-content.ts';

const LOWEST = 21;
const HIGHEST = 108;
const MOST_VOICES = 2;

/** Lengths, numbers and bar lines of measures, and each voice's way through them. */
export function checkMeasures(measures: readonly ReadMeasure[], report: Report): void {
  const numbers = new Set<string>();
  const staffOfVoice = new Map<string, number>();
  measures.forEach((measure, at) => {
    const { number } = measure;
    if (numbers.has(number)) report('measure-number', number, `Two measures have the number ${number}.`);
    numbers.add(number);
    if (measure.divisions !== measures[0]!.divisions) {
      report('divisions', number, `Divisions change to ${measure.divisions}.`);
    }
    checkLength(measure, at === measures.length - 1, report);
    checkVoices(measure, staffOfVoice, report);
    for (const item of measure.items) checkItem(item, number, report);
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

function checkLength(measure: ReadMeasure, isLast: boolean, report: Report): void {
  const { number, length, nominal, cursor } = measure;
  if (nominal === null) report('measure-length', number, 'No time signature holds.');
  else if (length > nominal + EPSILON) {
    report('measure-length', number, `The measure lasts ${length} quarters; its metre has ${nominal}.`);
  } else if (length < nominal - EPSILON && !measure.implicit && !isLast) {
    report('measure-length', number, `The measure lasts only ${length} of ${nominal} quarters.`);
  }
  if (Math.abs(cursor - length) > EPSILON) {
    report('measure-cursor', number, `The measure's content ends at ${cursor}, not at ${length}.`);
  }
}

function checkVoices(measure: ReadMeasure, staffOfVoice: Map<string, number>, report: Report): void {
  const { number } = measure;
  const itemsOfVoice = groupBy(
    measure.items.filter((item) => !item.inChord),
    (item) => item.voice,
  );
  const voicesOfStaff = new Map<number, number>();
  for (const [voice, items] of itemsOfVoice) {
    const staff = items[0]!.staff;
    voicesOfStaff.set(staff, (voicesOfStaff.get(staff) ?? 0) + 1);
    const known = staffOfVoice.get(voice) ?? staff;
    staffOfVoice.set(voice, known);
    if (items.some((item) => item.staff !== known)) {
      report('voice-staff', number, `Voice ${voice} is on staff ${known} and on another.`);
    }
    checkFilled(voice, items, measure, report);
  }
  for (const [staff, voices] of voicesOfStaff) {
    if (voices > MOST_VOICES) report('voice-count', number, `Staff ${staff} has ${voices} voices.`);
  }
}

function checkFilled(voice: string, items: readonly ReadItem[], measure: ReadMeasure, report: Report): void {
  let end = 0;
  for (const item of [...items].sort((a, b) => a.at - b.at)) {
    if (item.at < end - EPSILON) {
      report('voice-overlap', measure.number, `Voice ${voice} overlaps itself at ${item.at}.`);
    } else if (item.at > end + EPSILON) {
      report('voice-gap', measure.number, `Voice ${voice} has nothing from ${end} to ${item.at}.`);
    }
    end = Math.max(end, item.at + item.duration);
  }
  if (Math.abs(end - measure.length) > EPSILON) {
    report('voice-gap', measure.number, `Voice ${voice} ends at ${end} of ${measure.length}.`);
  }
}

function checkItem(item: ReadItem, number: string, report: Report): void {
  if (item.kind === 'note') {
    const midi = item.pitch?.midi ?? Number.NaN;
    if (!(midi >= LOWEST && midi <= HIGHEST)) report('range', number, `Pitch ${midi} is not on the piano.`);
  }
  if (item.written !== null && !(Math.abs(item.written - item.duration) < EPSILON)) {
    report('value', number, `A value of ${item.written} quarters is written for ${item.duration}.`);
  }
  if (item.kind === 'note' && item.written === null) report('value', number, 'A note has no written value.');
}
