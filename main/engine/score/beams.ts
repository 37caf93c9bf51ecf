import type { BeatUnit } from '../../contract/grid.ts';
import { flagCount } from './note-types.ts';
import { type BeamState, type ChordEvent, DIVISIONS, type ScoreEvent } from './score.ts';

/**
 * Sets the beams of one voice's events in a measure. Notes shorter than a quarter are joined within a beat; eighths
 * also from beat to beat, through half a bar of four beats and a whole bar of two or three (as the engravers of the
 * OpenScore Lieder do in nine bars of ten). Longer notes break a beam, and
 * rests but those of a 16th or less inside a beat.
 *
 * @param lead divisions that the measure lacks at its beginning, a pickup's
 * @param beats of the whole bar
 */
export function setBeams(events: readonly ScoreEvent[], unit: BeatUnit, lead: number, beats: number): void {
  const beat = unit === 'quarter' ? DIVISIONS : DIVISIONS * 1.5;
  const span = beat * (unit === 'quarter' ? eighthsSpan(beats) : 1);
  for (const run of runsOfFlags(events)) {
    let first = 0;
    for (let at = 1; at <= run.length; at++) {
      if (at < run.length && isJoined(run[at - 1]!, run[at]!, lead, beat, span)) continue;
      if (isBeam(run.slice(first, at), lead, beat, span)) beamRun(run.slice(first, at), lead);
      first = at;
    }
  }
}

/** Beats through which eighths are joined. */
function eighthsSpan(beats: number): number {
  if (beats === 3 || beats === 6) return 3;
  return beats % 2 === 0 ? 2 : 1;
}

function isJoined(before: ChordEvent, after: ChordEvent, lead: number, beat: number, span: number): boolean {
  const [from, to] = [before.at + lead, after.at + lead];
  const isSame = (length: number) => Math.floor(from / length) === Math.floor(to / length);
  const touch = before.at + before.duration === after.at;
  return isSame(beat) || (touch && isSame(span) && isPlainEighth(before) && isPlainEighth(after));
}

/** Two eighths that meet over a beat of a bar of three stay apart: each belongs to the beat that it is in. */
function isBeam(notes: readonly ChordEvent[], lead: number, beat: number, span: number): boolean {
  if (notes.length !== 2) return notes.length > 1;
  const [first, second] = notes.map((note) => Math.floor((note.at + lead) / beat));
  return first === second || span !== 3 * beat;
}

function isPlainEighth({ type, dots, tuplet }: ChordEvent): boolean {
  return type === 'eighth' && dots === 0 && tuplet === null;
}

/** Chords with flags that follow one another, or that nothing but a rest of a 16th or less parts. */
function runsOfFlags(events: readonly ScoreEvent[]): ChordEvent[][] {
  const runs: ChordEvent[][] = [[]];
  for (const event of events) {
    if (event.kind === 'chord' && flagCount(event.type) > 0) runs[runs.length - 1]!.push(event);
    else if (event.kind !== 'rest' || flagCount(event.type) < 2) runs.push([]);
  }
  return runs;
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
