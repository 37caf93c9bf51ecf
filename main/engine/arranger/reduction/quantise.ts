import { TICKS_PER_BEAT } from '../../../contract/grid.ts';
import { frameToSeconds } from '../../transcription/evidence.ts';
import type { Song } from '../song.ts';
import { barIndexAt, barTicks, slotTicks } from '../song-grid.ts';
import { makeTickReader } from '../time.ts';
import type { HeardNote } from './detect.ts';

/** A heard note on the grid. */
export interface GridNote {
  start: number;
  /** Where it was heard to end, ticks, after `start`. */
  heardEnd: number;
  pitch: number;
  onset: number;
  level: number;
}

const TRIPLET_TICKS = TICKS_PER_BEAT / 3;
/** Spread of onsets about the grid, seconds: players and the detector together. */
const SPREAD_SECONDS = 0.022;
/** Share of onsets that belong to no grid. */
const STRAY = 0.1;
/** How much likelier (natural logarithm) triplets must be: most songs are straight. */
const TRIPLET_DOUBT = 3;
/** Weight of the bars next to a bar: metre of subdivision rarely changes for one bar. */
const NEIGHBOUR = 0.5;

interface Onset {
  tick: number;
  weight: number;
}

/**
 * Places heard notes on the straight grid (16ths; in 6/8 sixths of the beat), or on triplet eighths in bars whose
 * onsets fit three to a beat better. Notes outside the bars are left out; of several of one pitch in a slot the
 * strongest stays.
 */
export function quantiseNotes(heard: readonly HeardNote[], song: Song): GridNote[] {
  const { grid } = song;
  const timed = timeNotes(heard, song);
  const steps = chooseSteps(song, timed);
  const byPlace = new Map<number, GridNote>();
  const readEnd = makeTickReader(grid.beatTimes);
  for (const { note, tick } of timed) {
    const bar = barIndexAt(grid.bars, Math.max(0, tick));
    const { start: barStart } = grid.bars[bar];
    const step = steps[bar];
    const start = barStart + Math.max(0, Math.round((tick - barStart) / step)) * step;
    if (start >= grid.end) continue;
    const heardEnd = Math.max(start + 1, Math.round(readEnd(frameToSeconds(note.endFrame))));
    const place = start * 128 + note.pitch;
    const other = byPlace.get(place);
    if (other && other.onset >= note.onset) continue;
    byPlace.set(place, { start, heardEnd, pitch: note.pitch, onset: note.onset, level: note.level });
  }
  return [...byPlace.values()].sort((a, b) => a.start - b.start || a.pitch - b.pitch);
}

/** Whether the beats of each bar divide in three (or six): bars of triplets, and of dotted quarters. */
export function findTernaryBars(heard: readonly HeardNote[], song: Song): boolean[] {
  const steps = chooseSteps(song, timeNotes(heard, song));
  return steps.map((step) => step !== TICKS_PER_BEAT / 4);
}

interface TimedNote extends Onset {
  note: HeardNote;
}

function timeNotes(heard: readonly HeardNote[], { grid }: Song): TimedNote[] {
  const readTick = makeTickReader(grid.beatTimes);
  const half = TICKS_PER_BEAT / 8;
  return heard
    .map((note) => ({ note, tick: readTick(frameToSeconds(note.frame)), weight: note.onset }))
    .filter(({ tick }) => tick >= -half && tick < grid.end);
}

/** Grid step of each bar in ticks. */
function chooseSteps(song: Song, onsets: readonly Onset[]): number[] {
  const { bars, beatTimes, end } = song.grid;
  const evidence = bars.map(() => 0);
  for (const { tick, weight } of onsets) {
    const bar = barIndexAt(bars, Math.max(0, tick));
    const beat = Math.min(beatTimes.length - 2, Math.max(0, Math.floor(tick / TICKS_PER_BEAT)));
    const spread = (SPREAD_SECONDS / (beatTimes[beat + 1] - beatTimes[beat])) * TICKS_PER_BEAT;
    evidence[bar] += weight * tripletGain(tick, spread);
  }
  // The melody was placed on a grid when it was heard: a note on a third of a beat says which.
  for (const { start } of song.sung.notes) {
    if (start < end) evidence[barIndexAt(bars, start)] += 2 * tripletGain(start, 1);
  }
  return bars.map((bar, i) => {
    const straight = slotTicks(bar.unit);
    if (bar.unit === 'dotted-quarter' || barTicks(bar) === 0) return straight;
    const around = (evidence[i - 1] ?? 0) + (evidence[i + 1] ?? 0);
    return evidence[i] + NEIGHBOUR * around > TRIPLET_DOUBT ? TRIPLET_TICKS : straight;
  });
}

/** Logarithm of how much likelier an onset is on triplets than on 16ths. */
function tripletGain(tick: number, spread: number): number {
  const inBeat = ((tick % TICKS_PER_BEAT) + TICKS_PER_BEAT) % TICKS_PER_BEAT;
  const density = (step: number) => {
    const off = inBeat - Math.round(inBeat / step) * step;
    const peak = Math.exp(-0.5 * (off / spread) ** 2) / (spread * Math.sqrt(2 * Math.PI));
    return ((1 - STRAY) * peak * step) / TICKS_PER_BEAT + STRAY / TICKS_PER_BEAT;
  };
  return Math.log(density(TRIPLET_TICKS) / density(TICKS_PER_BEAT / 4));
}
