import type { Evidence } from '../transcription/evidence.ts';
import { barTicks, type SongGrid } from './song-grid.ts';
import { tickToFrame } from './time.ts';

/** dB per unit of 8-bit loudness. */
const DB_PER_UNIT = 96 / 255;
/** Below this the recording is silent: −66 dBFS, or 40 dB under the song's loud passages, whichever is more. */
const SILENCE_UNITS = 80;
const SILENCE_UNDER_LOUD = Math.round(40 / DB_PER_UNIT);
/** A bar plays if this share of it, or half of one of its beats, is above silence. */
const PLAYING_SHARE = 0.2;
/** Dynamics follow the mean over this many beats either side. */
const SMOOTHING_BEATS = 4;

export interface Activity {
  /** Whether the music plays in each bar; all true without evidence. */
  plays: boolean[];
  /** Loudness of each beat against the song's median, dB, smoothed; zeros without evidence. */
  dynamics: number[];
}

/** Reads where the recording sounds and how loud it is there. */
export function readActivity(grid: SongGrid, evidence: Evidence): Activity {
  const beats = grid.beatTimes.length - 1;
  if (evidence.frames === 0) {
    return { plays: grid.bars.map(() => true), dynamics: new Array<number>(beats).fill(0) };
  }
  const silence = silenceLevel(evidence);
  const loudness: number[] = [];
  const sounding: number[] = [];
  for (let beat = 0; beat < beats; beat++) {
    const from = Math.max(0, tickToFrame(grid.beatTimes, beat * 48));
    const to = Math.min(evidence.frames, tickToFrame(grid.beatTimes, beat * 48 + 48));
    let sum = 0;
    let above = 0;
    for (let frame = from; frame < to; frame++) {
      sum += evidence.loudness[frame];
      if (evidence.loudness[frame] > silence) above++;
    }
    const frames = Math.max(1, to - from);
    loudness.push(sum / frames);
    sounding.push(above / frames);
  }
  const plays = grid.bars.map((bar) => {
    const first = bar.start / 48;
    const shares = sounding.slice(first, first + barTicks(bar) / 48);
    const mean = shares.reduce((a, b) => a + b, 0) / shares.length;
    return mean >= PLAYING_SHARE || shares.some((share) => share >= 0.5);
  });
  return { plays, dynamics: smoothDynamics(loudness, sounding) };
}

function silenceLevel(evidence: Evidence): number {
  const histogram = new Uint32Array(256);
  for (let frame = 0; frame < evidence.frames; frame++) histogram[evidence.loudness[frame]]++;
  let left = evidence.frames * 0.05;
  let loud = 255;
  while (loud > 0 && left > histogram[loud]) left -= histogram[loud--];
  return Math.max(SILENCE_UNITS, loud - SILENCE_UNDER_LOUD);
}

function smoothDynamics(loudness: readonly number[], sounding: readonly number[]): number[] {
  const heard = loudness.filter((_, beat) => sounding[beat] >= 0.5).sort((a, b) => a - b);
  const median = heard[heard.length >> 1];
  if (median === undefined) return loudness.map(() => 0);
  return loudness.map((_, beat) => {
    let sum = 0;
    let count = 0;
    for (let i = beat - SMOOTHING_BEATS; i <= beat + SMOOTHING_BEATS; i++) {
      if (loudness[i] === undefined || sounding[i] < 0.5) continue;
      sum += loudness[i];
      count++;
    }
    return count === 0 ? 0 : (sum / count - median) * DB_PER_UNIT;
  });
}
