import type { BarUnit, BeatUnit } from '../../../contract/grid.ts';

/**
 * One beat of a pattern: a character a slot (four in a quarter beat, six in a dotted quarter), `.` for nothing.
 * bass: `b` the chord's bass, `f` its fifth. lower: `c` a chord, digits single tones from the bottom.
 * upper: `c` the voicing, digits single notes of it from the top.
 */
export interface Cell {
  bass: string;
  lower: string;
  upper: string;
}

export interface Pattern {
  name: string;
  unit: BeatUnit;
  /** How much better a rarer pattern must fit than a usual one. */
  doubt?: number;
  /** Beats of a bar by metric place: first, weak, strong (third of four), last; see `cellIndex`. */
  cells: readonly [Cell, Cell, Cell, Cell];
}

function cell(bass: string, lower: string, upper: string): Cell {
  return { bass, lower, upper };
}

const quarter: readonly Pattern[] = [
  {
    name: 'held',
    unit: 'quarter',
    cells: [
      cell('b...', '....', 'c...'),
      cell('....', '0...', '....'),
      cell('....', '1...', 'c...'),
      cell('....', '0...', '....'),
    ],
  },
  {
    name: 'block',
    unit: 'quarter',
    cells: [
      cell('b...', '....', 'c...'),
      cell('....', '0...', 'c...'),
      cell('b...', '....', 'c...'),
      cell('....', '0...', 'c...'),
    ],
  },
  {
    name: 'bass-chord',
    unit: 'quarter',
    cells: [
      cell('b...', '....', '0...'),
      cell('....', 'c...', 'c...'),
      cell('f...', '....', '0...'),
      cell('....', 'c...', 'c...'),
    ],
  },
  {
    name: 'broken',
    unit: 'quarter',
    cells: [
      cell('b...', '..0.', 'c...'),
      cell('....', '1.0.', '....'),
      cell('b...', '..0.', 'c...'),
      cell('....', '1.0.', '....'),
    ],
  },
  {
    name: 'arpeggio',
    unit: 'quarter',
    cells: [
      cell('b...', '..0.', 'c...'),
      cell('....', '1.2.', '....'),
      cell('....', '3.2.', 'c...'),
      cell('....', '1.0.', '....'),
    ],
  },
  {
    name: 'running arpeggio',
    unit: 'quarter',
    cells: [
      cell('b...', '.012', 'c...'),
      cell('....', '3210', '....'),
      cell('b...', '.012', 'c...'),
      cell('....', '3210', '....'),
    ],
  },
  {
    name: 'rolling',
    unit: 'quarter',
    cells: [
      cell('b...', '..01', 'c...'),
      cell('....', '2.10', '....'),
      cell('b...', '..01', 'c...'),
      cell('....', '2.10', '....'),
    ],
  },
  {
    name: 'driving',
    unit: 'quarter',
    cells: [
      cell('b...', '..0.', 'c..1'),
      cell('..b.', '0...', '..c.'),
      cell('b...', '..0.', 'c..1'),
      cell('..b.', '0...', '..c.'),
    ],
  },
  {
    name: 'syncopated',
    unit: 'quarter',
    cells: [
      cell('b...', '....', 'c..c'),
      cell('..b.', '....', '..c.'),
      cell('....', '0...', 'c..c'),
      cell('..b.', '....', '..c.'),
    ],
  },
  {
    name: 'pushed',
    unit: 'quarter',
    cells: [
      cell('b...', '....', 'c...'),
      cell('....', '0...', '..c.'),
      cell('..b.', '....', '..c.'),
      cell('....', '0...', '..c.'),
    ],
  },
  {
    name: 'off-beat',
    unit: 'quarter',
    doubt: 0.35,
    cells: [
      cell('b...', '....', '..c.'),
      cell('f...', '....', '..c.'),
      cell('b...', '....', '..c.'),
      cell('f...', '....', '..c.'),
    ],
  },
];

const dotted: readonly Pattern[] = [
  {
    name: 'held',
    unit: 'dotted-quarter',
    cells: [
      cell('b.....', '......', 'c.....'),
      cell('......', '0.....', '......'),
      cell('......', '1.....', 'c.....'),
      cell('......', '0.....', '......'),
    ],
  },
  {
    name: 'block',
    unit: 'dotted-quarter',
    cells: [
      cell('b.....', '......', 'c.....'),
      cell('......', '0.....', 'c.....'),
      cell('b.....', '......', 'c.....'),
      cell('......', '0.....', 'c.....'),
    ],
  },
  {
    name: 'bass-chord',
    unit: 'dotted-quarter',
    cells: [
      cell('b.....', '......', '..c.c.'),
      cell('f.....', '......', '..c.c.'),
      cell('b.....', '......', '..c.c.'),
      cell('f.....', '......', '..c.c.'),
    ],
  },
  {
    name: 'arpeggio',
    unit: 'dotted-quarter',
    cells: [
      cell('b.....', '..0.1.', 'c.....'),
      cell('......', '2.1.0.', '......'),
      cell('b.....', '..0.1.', 'c.....'),
      cell('......', '2.1.0.', '......'),
    ],
  },
  {
    name: 'rocking',
    unit: 'dotted-quarter',
    cells: [
      cell('b.....', '....0.', 'c...1.'),
      cell('f.....', '....1.', 'c...1.'),
      cell('b.....', '....0.', 'c...1.'),
      cell('f.....', '....1.', 'c...1.'),
    ],
  },
];

/** Patterns for a kind of beat. */
export function patternsFor(unit: BarUnit): readonly Pattern[] {
  return unit === 'quarter' ? quarter : dotted;
}

/** Which cell a beat takes; `place` counts from 0 in the whole bar. */
export function cellIndex(place: number, metreBeats: number): 0 | 1 | 2 | 3 {
  if (place === 0) return 0;
  if (place === metreBeats - 1 && metreBeats >= 3) return 3;
  return place % 2 === 0 && metreBeats !== 3 ? 2 : 1;
}

/** A pattern's cells over a bar of which only the last `beats` of `metreBeats` are there (a pickup) or all. */
export function cellsOfBar(pattern: Pattern, beats: number, metreBeats: number, isPickup: boolean): Cell[] {
  const first = isPickup ? metreBeats - beats : 0;
  return Array.from({ length: beats }, (_, beat) => pattern.cells[cellIndex(first + beat, metreBeats)]);
}
