import type { Lane } from './timeline-model.ts';

/** A row of the timeline, in CSS pixels. */
export interface Row {
  top: number;
  height: number;
}

export interface Rows extends Record<Lane, Row> {
  ruler: Row;
  wave: Row;
}

const heights = { ruler: 22, section: 24, wave: 84, beat: 22, chord: 34, key: 26 } as const;
const LEAST_ROLL = 90;
/** Height from which rows grow with the window, and how much at most: large screens stand farther away. */
const PLAIN_HEIGHT = 600;
const MOST_GROWTH = 1.6;

/** Rows from top to bottom; the melody takes what is left. */
export function layOutRows(height: number): Rows {
  let top = 0;
  const growth = Math.min(MOST_GROWTH, Math.max(1, height / PLAIN_HEIGHT));
  const next = (size: number): Row => {
    const row = { top, height: Math.round(size * growth) };
    top += row.height;
    return row;
  };
  return {
    ruler: next(heights.ruler),
    section: next(heights.section),
    wave: next(heights.wave),
    beat: next(heights.beat),
    chord: next(heights.chord),
    key: next(heights.key),
    note: { top, height: Math.max(LEAST_ROLL, height - top) },
  };
}

/** The row at a height, or null beside all. */
export function rowAt(rows: Rows, y: number): keyof Rows | null {
  for (const [name, { top, height }] of Object.entries(rows)) {
    if (y >= top && y < top + height) return name as keyof Rows;
  }
  return null;
}

/** Height of a pitch's middle in the roll. */
export function pitchY(row: Row, pitch: number, lowest: number, highest: number): number {
  const step = row.height / (highest - lowest + 1);
  return row.top + (highest - pitch + 0.5) * step;
}

/** The pitch at a height of the roll. */
export function pitchAt(row: Row, y: number, lowest: number, highest: number): number {
  const step = row.height / (highest - lowest + 1);
  return Math.min(highest, Math.max(lowest, highest - Math.floor((y - row.top) / step)));
}
