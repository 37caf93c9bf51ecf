import type { Level } from '../../../contract/arrangement.ts';
import type { TakeFacts } from '../../../contract/take-facts.ts';
import { round } from './round.ts';

type Numbers = Pick<TakeFacts, 'density' | 'hands' | 'rhythm' | 'accidentals'>;

/**
 * What is easy, grade 1, and what is hard, grade 9, of each number. Chosen so that takes of the three levels lie about
 * evenly; each number counts alike.
 */
const scales: readonly { easy: number; hard: number; of: (numbers: Numbers) => number }[] = [
  { easy: 1, hard: 9, of: ({ density }) => density.notesPerSecond },
  { easy: 1, hard: 5.5, of: ({ density }) => density.onsetsPerSecond },
  { easy: 1, hard: 2.6, of: ({ density }) => density.notesPerOnset },
  { easy: 1, hard: 2.8, of: ({ hands }) => Math.max(hands.left.notes, hands.right.notes) },
  { easy: 5, hard: 14, of: ({ hands }) => Math.max(hands.left.span, hands.right.span) },
  { easy: 1, hard: 12, of: ({ hands }) => Math.max(hands.left.leap, hands.right.leap) },
  { easy: 0.05, hard: 1.2, of: ({ rhythm }) => rhythm },
  { easy: 0, hard: 3, of: ({ accidentals }) => accidentals },
];
/** Grades between those of easy and intermediate takes, and of intermediate and full ones. */
const BORDERS = [3.85, 4.85] as const;

/** A grade that never falls where one of the numbers rises, and the level whose takes lie around it. */
export function gradeTake(numbers: Numbers): TakeFacts['difficulty'] {
  const shares = scales.map(({ easy, hard, of }) =>
    Math.min(1, Math.max(0, (of(numbers) - easy) / (hard - easy))),
  );
  const grade = 1 + (8 * shares.reduce((a, b) => a + b, 0)) / shares.length;
  const level: Level = grade < BORDERS[0] ? 'easy' : grade < BORDERS[1] ? 'intermediate' : 'full';
  return { grade: round(grade), level };
}
