import type { CheckOptions, Report } from './check-score.ts';
import { groupBy } from './group-by.ts';
import type { ReadItem, ReadMeasure } from './musicxml-content.ts';

/** A beam that crosses a bar line: measure and staff where it began, by voice and level. */
type OpenBeams = Map<string, boolean>;

/** Ties, beams and tuplets: what opens must close, in its voice. */
export function checkSpanners(
  measures: readonly ReadMeasure[],
  { foreign = false }: CheckOptions,
  report: Report,
): void {
  checkTies(measures, foreign, report);
  const open: OpenBeams = new Map();
  measures.forEach((measure, at) => {
    const voices = groupBy(
      measure.items.filter((item) => !item.inChord && item.kind !== 'gap' && !item.grace && !item.cue),
      (item) => item.voice,
    );
    for (const [voice, items] of voices) {
      const inOrder = [...items].sort((a, b) => a.at - b.at);
      checkBeams(voice, inOrder, measure.number, open, report);
      checkTuplets(voice, inOrder, measure.number, report);
    }
    if (foreign && at < measures.length - 1) return;
    for (const [beam, isOpen] of open) {
      if (isOpen) report('beam', measure.number, `Beam ${beam} does not end.`);
    }
    open.clear();
  });
}

/** A tie is taken up on the same key, where it ends; other programs also tie from voice to voice. */
function checkTies(measures: readonly ReadMeasure[], foreign: boolean, report: Report): void {
  /** Place where a tie must be taken up → measure and staff that it comes from. */
  const open = new Map<string, { measure: string; staff: number; midi: number | undefined }>();
  for (const measure of measures) {
    const notes = measure.items.filter((item) => item.kind === 'note' && !item.grace && !item.cue);
    for (const item of notes.sort((a, b) => a.at - b.at)) {
      const { staff } = item;
      const midi = item.pitch?.midi;
      if (item.tieStart !== item.tiedStart || item.tieStop !== item.tiedStop) {
        report('tie', measure.number, 'A tie sounds that is not printed, or the other way round.', staff);
      }
      const onset = measure.start + item.at;
      const key = (at: number) => `${foreign ? '' : item.voice} ${midi} ${Math.round(at * TIE_PLACES)}`;
      if (item.tieStop && !open.delete(key(onset))) {
        report(
          'tie',
          measure.number,
          `A tie into ${nameOf(item)} at ${placeOf(item)} comes from nowhere.`,
          staff,
        );
      }
      if (item.tieStart) open.set(key(onset + item.duration), { measure: measure.number, staff, midi });
    }
  }
  for (const { measure, staff, midi } of open.values()) {
    report('tie', measure, `A tie of key ${midi} is never taken up.`, staff);
  }
}

/** Parts of a quarter: sums of fractions closer than this are one place. */
const TIE_PLACES = 10_000;

function nameOf({ pitch }: ReadItem): string {
  if (!pitch) return 'a note';
  const sign = pitch.alter < 0 ? 'b'.repeat(-pitch.alter) : '#'.repeat(pitch.alter);
  return `${pitch.step}${sign}${pitch.octave}`;
}

/** Quarters from the bar line, counted from one as musicians do. */
function placeOf({ at }: ReadItem): string {
  return `beat ${Number((at + 1).toFixed(3))}`;
}

function checkBeams(
  voice: string,
  items: readonly ReadItem[],
  number: string,
  open: OpenBeams,
  report: Report,
): void {
  const levels = Math.max(
    0,
    ...items.map((item) => item.beams.length),
    ...[1, 2, 3, 4, 5, 6].filter((level) => open.get(`${level} of voice ${voice}`)),
  );
  for (let level = 0; level < levels; level++) {
    const name = `${level + 1} of voice ${voice}`;
    let isOpen = open.get(name) ?? false;
    for (const item of items) {
      const state = item.beams[level];
      // A beam may go on over a rest, which then needs no state of its own.
      if (item.kind === 'rest' && state === undefined) continue;
      const opens = state === 'begin';
      const goesOn = state === 'continue' || state === 'end';
      if (isOpen !== goesOn || (opens && isOpen)) {
        report(
          'beam',
          number,
          `Beam ${name} is broken at ${placeOf(item)} (${state ?? 'none'}).`,
          item.staff,
        );
      }
      isOpen = opens || state === 'continue';
    }
    open.set(name, isOpen);
  }
}

function checkTuplets(voice: string, items: readonly ReadItem[], number: string, report: Report): void {
  const open = new Set<string>();
  for (const item of items) {
    const tell = (what: string) =>
      report('tuplet', number, `A tuplet of voice ${voice} ${what}.`, item.staff);
    // A tuplet of one group may stop where the next starts.
    for (const line of item.tuplets.toSorted(
      (a, b) => Number(b.type === 'start') - Number(a.type === 'start'),
    )) {
      if (line.type === 'start') {
        if (open.has(line.number)) tell('starts in another');
        open.add(line.number);
      } else if (line.type === 'stop' && !open.delete(line.number)) tell('was never started');
    }
  }
  if (open.size > 0) report('tuplet', number, `A tuplet of voice ${voice} does not end.`, items[0]?.staff);
}
