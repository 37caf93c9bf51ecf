import type { Arrangement } from '../../../contract/arrangement.ts';
import { TICKS_PER_BEAT } from '../../../contract/grid.ts';
import type { TakeFacts } from '../../../contract/take-facts.ts';
import { type Evidence, FRAME_RATE, KEYS, LOWEST_PITCH } from '../../transcription/evidence.ts';
import { detectNotes } from '../reduction/detect.ts';
import { makeTickReader, tickToFrame } from '../time.ts';
import { round } from './round.ts';

/** Basic Pitch's own onset threshold. */
const HEARD = 0.5;
/** Onsets a beat under which too little was heard to compare with. */
const LEAST_ONSETS = 0.25;
/** A step is a quarter of a beat, or a third; onsets are one where they are nearest to the same step. */
const STEPS = [0, 12, 16, 24, 32, 36, 48];

/** What was heard, as takes are compared with it. */
interface Heard {
  /** `frames × 12`: the notes' posterior by pitch class. */
  chroma: Float32Array;
  /** Seconds of the notes' onsets. */
  onsets: readonly number[];
}

/** Of each song's evidence, as long as somebody holds that: its takes are compared with the same. */
const known = new WeakMap<Evidence, Heard>();

function readHeard(evidence: Evidence): Heard {
  const kept = known.get(evidence);
  if (kept) return kept;
  const { note, frames } = evidence;
  const chroma = new Float32Array(frames * 12);
  for (let frame = 0; frame < frames; frame++) {
    for (let key = 0; key < KEYS; key++) {
      chroma[frame * 12 + ((key + LOWEST_PITCH) % 12)] += note[frame * KEYS + key];
    }
  }
  const notes = detectNotes(evidence).filter(({ onset }) => onset >= HEARD);
  const heard = { chroma, onsets: notes.map(({ frame }) => frame / FRAME_RATE) };
  known.set(evidence, heard);
  return heard;
}

/** How much of what was heard a take has: pitch classes beat by beat, and where notes begin. */
export function measureCloseness(
  take: Pick<Arrangement, 'notes' | 'lead' | 'beatTimes'>,
  evidence: Evidence,
): TakeFacts['closeness'] {
  if (evidence.frames === 0) return { chroma: null, onsets: null };
  const chroma = compareChroma(take, evidence);
  const onsets = compareOnsets(take, evidence);
  return { chroma: chroma && round(chroma), onsets: onsets && round(onsets) };
}

/** The notes' posterior, summed by pitch class, is the recording's chroma. */
function compareChroma(
  { notes, lead, beatTimes }: Pick<Arrangement, 'notes' | 'lead' | 'beatTimes'>,
  evidence: Evidence,
): number | null {
  const { chroma } = readHeard(evidence);
  const beats = beatTimes.length - 1;
  const written = new Float64Array(beats * 12);
  for (const { start, duration, pitch } of [...notes, ...lead]) {
    for (let beat = Math.floor(start / TICKS_PER_BEAT); beat < beats; beat++) {
      const from = Math.max(start, beat * TICKS_PER_BEAT);
      const to = Math.min(start + duration, (beat + 1) * TICKS_PER_BEAT);
      if (to <= from) break;
      written[beat * 12 + (pitch % 12)] += to - from;
    }
  }
  let sum = 0;
  let count = 0;
  for (let beat = 0; beat < beats; beat++) {
    const heard = new Float64Array(12);
    const last = Math.min(evidence.frames, tickToFrame(beatTimes, (beat + 1) * TICKS_PER_BEAT));
    for (let frame = Math.max(0, tickToFrame(beatTimes, beat * TICKS_PER_BEAT)); frame < last; frame++) {
      for (let i = 0; i < 12; i++) heard[i] += chroma[frame * 12 + i];
    }
    const cosine = compare(heard, written.subarray(beat * 12, beat * 12 + 12));
    if (cosine === null) continue;
    sum += cosine;
    count++;
  }
  return count === 0 ? null : sum / count;
}

/** Null where the first is empty. */
function compare(a: Float64Array, b: Float64Array): number | null {
  let [dot, first, second] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    dot += a[i] * b[i];
    first += a[i] ** 2;
    second += b[i] ** 2;
  }
  if (first === 0) return null;
  return second === 0 ? 0 : dot / Math.sqrt(first * second);
}

function compareOnsets(
  { notes, lead, beatTimes }: Pick<Arrangement, 'notes' | 'lead' | 'beatTimes'>,
  evidence: Evidence,
): number | null {
  const end = (beatTimes.length - 1) * TICKS_PER_BEAT;
  const toTick = makeTickReader(beatTimes);
  const heard = new Set<number>();
  for (const seconds of readHeard(evidence).onsets) {
    const tick = nearestStep(toTick(seconds));
    if (tick >= 0 && tick < end) heard.add(tick);
  }
  if (heard.size < LEAST_ONSETS * (beatTimes.length - 1)) return null;
  const written = new Set([...notes, ...lead].map(({ start }) => nearestStep(start)));
  const both = [...written].filter((tick) => heard.has(tick)).length;
  return (2 * both) / (heard.size + written.size);
}

function nearestStep(tick: number): number {
  const beat = Math.floor(tick / TICKS_PER_BEAT);
  const inBeat = tick - beat * TICKS_PER_BEAT;
  const nearest = STEPS.reduce((best, step) =>
    Math.abs(step - inBeat) < Math.abs(best - inBeat) ? step : best,
  );
  return beat * TICKS_PER_BEAT + nearest;
}
