import { BassLine } from '../chords/positions.ts';
import type { HarmonySpan } from '../harmony.ts';
import type { LayerNote } from '../layers.ts';
import type { Song } from '../song.ts';
import { barIndexAt } from '../song-grid.ts';
import type { Candidate } from './candidates.ts';

/** The bass is looked for up to G3, and from E1 on. */
const HIGHEST = 55;
const LOWEST = 28;
const LEAST_SALIENCE = 0.3;
/** Above the lowest note of its chord so far by more than this, a low note is the left hand's figure, not the bass. */
const BASS_RANGE = 7;
/** Off the eighths, a bass note must be this strong against the last one. */
const OFF_EIGHTH_RATIO = 0.8;
/** Where no bass is heard within this of a chord's or a bar's start, an eighth, the chord's own is written. */
const LATE_TICKS = 24;
const WRITTEN_WEIGHT = 0.6;
/** Range of the written bass's middle, and where it begins. */
const MIDDLE_LOW = 33;
const MIDDLE_HIGH = 46;
const MIDDLE = 38;

/** The bass and the candidates that it used. */
export interface FoundBass {
  notes: LayerNote[];
  used: Set<Candidate>;
}

/**
 * Takes the lowest strong candidate of each onset as bass. Where none begins a chord or a bar that plays, the chord's
 * bass is written near the line.
 */
export function findBass(candidates: readonly Candidate[], song: Song): FoundBass {
  const notes: LayerNote[] = [];
  const used = new Set<Candidate>();
  const written = new BassLine();
  let next = 0;
  let chord: HarmonySpan | null = null;
  let lowest = Number.POSITIVE_INFINITY;
  for (const { start, end, span } of listSegments(song)) {
    if (chord !== span) lowest = Number.POSITIVE_INFINITY;
    chord = span;
    const own: Candidate[] = [];
    for (; next < candidates.length && candidates[next].start < end; next++) own.push(candidates[next]);
    const heard = takeLowest(own, lowest);
    lowest = Math.min(lowest, ...heard.map((candidate) => candidate.pitch));
    const isLate = !heard.some((candidate) => candidate.start - start <= LATE_TICKS);
    if (isLate && song.plays[barIndexAt(song.grid.bars, start)]) {
      const near = heard[0]?.pitch ?? notes.at(-1)?.pitch ?? MIDDLE;
      const pitch = written.over(span, Math.min(MIDDLE_HIGH, Math.max(MIDDLE_LOW, near)));
      lowest = Math.min(lowest, pitch);
      notes.push({ layer: 'bass', start, end: start, pitch, weight: WRITTEN_WEIGHT });
    }
    for (const candidate of heard) {
      used.add(candidate);
      const weight = Math.min(1, 0.3 + 0.7 * candidate.salience);
      notes.push({
        layer: 'bass',
        start: candidate.start,
        end: candidate.start,
        pitch: candidate.pitch,
        weight,
      });
    }
  }
  return { notes, used };
}

/** Chords cut at bar lines. */
function listSegments(song: Song): { start: number; end: number; span: HarmonySpan }[] {
  const { bars, end } = song.grid;
  return song.harmony.flatMap((span) => {
    const segments = [];
    for (let start = span.start; start < span.end; ) {
      const barEnd = bars[barIndexAt(bars, start) + 1]?.start ?? end;
      const stop = Math.min(span.end, barEnd);
      segments.push({ start, end: stop, span });
      start = stop;
    }
    return segments;
  });
}

/** The lowest candidate of each onset where it is low and strong enough; `floor` is the chord's lowest so far. */
function takeLowest(own: readonly Candidate[], floor: number): Candidate[] {
  const taken: Candidate[] = [];
  let lowest = floor;
  let last = 0;
  let tick = -1;
  for (const candidate of own) {
    // Candidates come by start, then pitch: the first of an onset is its lowest.
    if (candidate.start === tick) continue;
    tick = candidate.start;
    const { pitch, salience } = candidate;
    if (pitch > HIGHEST || pitch < LOWEST || salience < LEAST_SALIENCE || pitch > lowest + BASS_RANGE)
      continue;
    const isOffEighth = tick % 24 !== 0 && tick % 16 !== 0;
    if (isOffEighth && salience < OFF_EIGHTH_RATIO * last) continue;
    lowest = Math.min(lowest, pitch);
    last = salience;
    taken.push(candidate);
  }
  return taken;
}
