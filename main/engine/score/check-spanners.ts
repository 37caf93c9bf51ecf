import { EPSILON, type Report } from './check-score.ts';
import { groupBy } from './group-by.ts';
import type { ReadItem, ReadMeasure } from './musicxml-content.ts';

/** Ties, beams and tuplets: what opens must close, in its voice. */
export function checkSpanners(measures: readonly ReadMeasure[], report: Report): void {
  checkTies(measures, report);
  for (const measure of measures) {
    const voices = groupBy(
      measure.items.filter((item) => !item.inChord && item.kind !== 'gap'),
      (item) => item.voice,
    );
    for (const [voice, items] of voices) {
      const inOrder = [...items].sort((a, b) => a.at - b.at);
      checkBeams(voice, inOrder, measure.number, report);
      checkTuplets(voice, inOrder, measure.number, report);
    }
  }
}

function checkTies(measures: readonly ReadMeasure[], report: Report): void {
  /** Place where a tie must be taken up → measure that it comes from. */
  const open = new Map<string, string>();
  for (const measure of measures) {
    for (const item of [...measure.items].sort((a, b) => a.at - b.at)) {
      if (item.kind !== 'note') continue;
      if (item.tieStart !== item.tiedStart || item.tieStop !== item.tiedStop) {
        report('tie', measure.number, 'A tie sounds that is not printed, or the other way round.');
      }
      const onset = measure.start + item.at;
      const key = (at: number) => `${item.voice} ${item.pitch?.midi} ${Math.round(at / EPSILON)}`;
      if (item.tieStop && !open.delete(key(onset))) {
        report('tie', measure.number, `A tie into ${item.pitch?.midi} at ${item.at} comes from nowhere.`);
      }
      if (item.tieStart) open.set(key(onset + item.duration), measure.number);
    }
  }
  for (const [key, measure] of open) report('tie', measure, `A tie is never taken up (${key}).`);
}

function checkBeams(voice: string, items: readonly ReadItem[], number: string, report: Report): void {
  const levels = Math.max(0, ...items.map((item) => item.beams.length));
  for (let level = 0; level < levels; level++) {
    let isOpen = false;
    for (const item of items) {
      const state = item.beams[level];
      // A beam may go on over a rest, which then needs no state of its own.
      if (item.kind === 'rest' && state === undefined) continue;
      const opens = state === 'begin';
      const goesOn = state === 'continue' || state === 'end';
      if (isOpen !== goesOn || (opens && isOpen)) {
        report('beam', number, `Beam ${level + 1} of voice ${voice} is broken at ${item.at} (${state}).`);
      }
      isOpen = opens || state === 'continue';
    }
    if (isOpen) report('beam', number, `Beam ${level + 1} of voice ${voice} does not end.`);
  }
}

function checkTuplets(voice: string, items: readonly ReadItem[], number: string, report: Report): void {
  let isOpen = false;
  for (const item of items) {
    for (const type of item.tuplets) {
      if (type === 'start' && isOpen)
        report('tuplet', number, `A tuplet of voice ${voice} starts in another.`);
      if (type === 'stop' && !isOpen)
        report('tuplet', number, `A tuplet of voice ${voice} was never started.`);
      isOpen = type === 'start';
    }
  }
  if (isOpen) report('tuplet', number, `A tuplet of voice ${voice} does not end.`);
}
