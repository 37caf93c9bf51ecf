import type { Chord } from '../../contract/analysis.ts';
import { type MeasureFrame, measureAt } from './measure-frames.ts';
import type { Direction, Measure } from './score.ts';

/** Places by measure, in divisions, at which the harmony changes; silence of the harmony is a change too. */
export function harmonyChanges(chords: readonly Chord[], frames: readonly MeasureFrame[]): number[][] {
  const changes: Set<number>[] = frames.map(() => new Set());
  let last = '';
  for (const { start, root, quality, bass } of [...chords].sort((a, b) => a.start - b.start)) {
    const name = `${root} ${quality} ${bass}`;
    if (name === last) continue;
    last = name;
    const measure = measureAt(frames, start);
    const frame = frames[measure]!;
    // Feet follow beats: a change between two goes with the nearer, of one that is as near with the earlier.
    const beat = 48;
    const inBar = Math.ceil((start - frame.start) / beat - 0.5) * beat;
    const target = frame.start + inBar >= frame.end ? measure + 1 : measure;
    const at = target === measure ? inBar * frame.divisionsPerTick : 0;
    changes[target]?.add(at);
  }
  return changes.map((places) => [...places].sort((a, b) => a - b));
}

/**
 * Sets pedal lines, in place, below the lower staff: down with the first harmony of a passage, changed with each
 * further one, up before an empty measure, a repeat sign and at the end. A line never overlaps another.
 *
 * @param changes places of the harmonies by measure, see `harmonyChanges`
 */
export function setPedal(measures: readonly Measure[], changes: readonly number[][]): void {
  let isDown = false;
  const mark = (measure: Measure, at: number, action: 'start' | 'change' | 'stop') => {
    const direction: Direction = { at, staff: 2, mark: { kind: 'pedal', action } };
    measure.directions.push(direction);
    isDown = action !== 'stop';
  };
  measures.forEach((measure, at) => {
    if (!plays(measure)) return;
    const places = new Set(changes[at]!);
    if (!isDown) places.add(firstChord(measure));
    for (const place of [...places].sort((a, b) => a - b)) {
      if (!isDown && place < firstChord(measure)) continue;
      mark(measure, place, isDown ? 'change' : 'start');
    }
    const next = measures[at + 1];
    const goesOn = next !== undefined && plays(next) && !isBreak(measure, next);
    if (isDown && !goesOn) mark(measure, measure.length, 'stop');
  });
}

/** Repeat signs and endings: what comes next depends on the way through. */
function isBreak(measure: Measure, next: Measure): boolean {
  return (
    measure.repeatEnd || next.repeatStart || next.ending?.start === true || measure.ending?.stop === true
  );
}

function plays({ voices }: Measure): boolean {
  return voices.some(({ events }) => events.some((event) => event.kind === 'chord'));
}

function firstChord({ voices }: Measure): number {
  const places = voices.flatMap(({ events }) =>
    events.filter((event) => event.kind === 'chord').map((event) => event.at),
  );
  return Math.min(...places);
}
