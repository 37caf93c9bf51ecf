import type { BeatUnit } from '../../contract/grid.ts';
import { groupBy } from './group-by.ts';
import { flagCount } from './note-types.ts';
import { type BeamState, type ChordEvent, DIVISIONS, type ScoreEvent } from './score.ts';

/**
 * Sets the beams of one voice's events in a measure. Notes shorter than a quarter are joined within a beat; plain
 * eighths also through half a bar of 4/4 and a whole bar of 3/4. Rests and longer notes break a beam.
 *
 * @param lead divisions that the measure lacks at its beginning, a pickup's
 * @param beats of the whole bar
 */
export function setBeams(events: readonly ScoreEvent[], unit: BeatUnit, lead: number, beats: number): void {
  const beat = unit === 'quarter' ? DIVISIONS : DIVISIONS * 1.5;
  const groups = groupBy(events, (event) => Math.floor((event.at + lead) / beat));
  for (const group of unit === 'quarter' ? joinEighths(groups, beats) : groups.values()) {
    for (const run of runsOfFlags(group)) beamRun(run, lead);
  }
}

function joinEighths(groups: Map<number, ScoreEvent[]>, beats: number): ScoreEvent[][] {
  const size = beats === 3 ? 3 : beats % 4 === 0 ? 2 : 1;
  const joined: ScoreEvent[][] = [];
  for (let first = 0; first < beats; first += size) {
    const group = Array.from({ length: size }, (_, at) => groups.get(first + at) ?? []);
    const isPlain = group.every((events) => events.length === 2 && events.every(isPlainEighth));
    if (isPlain) joined.push(group.flat());
    else joined.push(...group);
  }
  return joined;
}

function isPlainEighth(event: ScoreEvent): boolean {
  return event.kind === 'chord' && event.type === 'eighth' && event.dots === 0 && event.tuplet === null;
}

function runsOfFlags(events: readonly ScoreEvent[]): ChordEvent[][] {
  const runs: ChordEvent[][] = [[]];
  for (const event of events) {
    if (event.kind === 'chord' && flagCount(event.type) > 0) runs[runs.length - 1]!.push(event);
    else runs.push([]);
  }
  return runs.filter((run) => run.length > 1);
}

function beamRun(run: readonly ChordEvent[], lead: number): void {
  run.forEach((chord, at) => {
    const before = flags(run[at - 1]);
    const after = flags(run[at + 1]);
    chord.beams = Array.from({ length: flags(chord) }, (_, level): BeamState => {
      const joinsBefore = before > level;
      const joinsAfter = after > level;
      if (joinsBefore && joinsAfter) return 'continue';
      if (joinsBefore) return 'end';
      if (joinsAfter) return 'begin';
      return hookOf(chord, at, run.length, lead);
    });
  });
}

function flags(chord: ChordEvent | undefined): number {
  return chord ? flagCount(chord.type) : 0;
}

/** A single 16th points at the note that it completes an eighth with: a note on an eighth points forward. */
function hookOf(chord: ChordEvent, at: number, size: number, lead: number): BeamState {
  if (at === 0) return 'forward hook';
  if (at === size - 1) return 'backward hook';
  return (chord.at + lead) % (DIVISIONS / 2) === 0 ? 'forward hook' : 'backward hook';
}
