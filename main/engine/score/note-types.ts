import { DIVISIONS, type NoteType } from './score.ts';

const undotted: [NoteType, number][] = [
  ['whole', DIVISIONS * 4],
  ['half', DIVISIONS * 2],
  ['quarter', DIVISIONS],
  ['eighth', DIVISIONS / 2],
  ['16th', DIVISIONS / 4],
  ['32nd', DIVISIONS / 8],
];

const valueByLength = new Map<number, { type: NoteType; dots: number }>();
for (const [type, length] of undotted) {
  valueByLength.set(length, { type, dots: 0 });
  if (type !== '32nd') valueByLength.set(length * 1.5, { type, dots: 1 });
}

/** The note value that lasts so many divisions, with at most one dot; undefined where none does. */
export function noteValue(length: number): { type: NoteType; dots: number } | undefined {
  return valueByLength.get(length);
}

const flagCounts: Record<NoteType, number> = {
  whole: 0,
  half: 0,
  quarter: 0,
  eighth: 1,
  '16th': 2,
  '32nd': 3,
};

/** Flags, or beams, of a note value. */
export function flagCount(type: NoteType): number {
  return flagCounts[type];
}
