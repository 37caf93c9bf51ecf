import { type BarMetre, beatDivisions } from './bar-metre.ts';
import { flagCount } from './note-types.ts';
import { type BeamState, type ChordEvent, DIVISIONS, type ScoreEvent } from './score.ts';

/**
 * Sets the beams of one voice's events in a measure. Notes shorter than a quarter are joined within a beat; eighths
 * also from beat to beat, through half a bar of four beats and a whole bar of two or three (as the engravers of the
 * OpenScore Lieder do in nine bars of ten). Longer notes break a beam, and
 * rests but those of a 16th or less inside a beat.
 *
 * In metres that count eighths, as 5/8, a group of beats is what a beat is in others.
 *
 * @param lead divisions that the measure lacks at its beginning, a pickup's
 */
export function setBeams(events: readonly ScoreEvent[], metre: BarMetre, lead: number): void {
  const places = joiningPlaces(metre);
  for (const run of runsOfFlags(events)) {
    let first = 0;
    for (let at = 1; at <= run.length; at++) {
      if (at < run.length && isJoined(run[at - 1]!, run[at]!, lead, places)) continue;
      if (isBeam(run.slice(first, at), lead, places)) beamRun(run.slice(first, at), lead);
      first = at;
    }
  }
}

/** Which beat, and which stretch that eighths are joined in, a place of the whole bar is in. */
interface JoiningPlaces {
  beatAt(place: number): number;
  spanAt(place: number): number;
  /** The stretch is a bar of three beats. */
  inThree: boolean;
}

function joiningPlaces({ unit, beats, groups }: BarMetre): JoiningPlaces {
  if (unit === 'eighth' && groups) {
    const groupAt = (place: number) => groups.findIndex(({ to }) => place < to);
    return { beatAt: groupAt, spanAt: groupAt, inThree: false };
  }
  const beat = beatDivisions[unit];
  const beatsJoined = unit === 'quarter' ? eighthsSpan(beats) : 1;
  return {
    beatAt: (place) => Math.floor(place / beat),
    spanAt: (place) => Math.floor(place / (beat * beatsJoined)),
    inThree: beatsJoined === 3,
  };
}

/** Beats through which eighths are joined. */
function eighthsSpan(beats: number): number {
  if (beats === 3 || beats === 6) return 3;
  return beats % 2 === 0 ? 2 : 1;
}

function isJoined(
  before: ChordEvent,
  after: ChordEvent,
  lead: number,
  { beatAt, spanAt }: JoiningPlaces,
): boolean {
  const [from, to] = [before.at + lead, after.at + lead];
  if (beatAt(from) === beatAt(to)) return true;
  const touch = before.at + before.duration === after.at;
  return touch && spanAt(from) === spanAt(to) && isPlainEighth(before) && isPlainEighth(after);
}

/** Two eighths that meet over a beat of a bar of three stay apart: each belongs to the beat that it is in. */
function isBeam(notes: readonly ChordEvent[], lead: number, { beatAt, inThree }: JoiningPlaces): boolean {
  if (notes.length !== 2) return notes.length > 1;
  const [first, second] = notes.map((note) => beatAt(note.at + lead));
  return first === second || !inThree;
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
