import type { Analysis } from '../../../contract/analysis.ts';
import { TICKS_PER_BEAT } from '../../../contract/grid.ts';
import {
  BINS_PER_SEMITONE,
  type Evidence,
  FLUX_BANDS,
  FRAME_RATE,
  KEYS,
  LOWEST_PITCH,
} from '../../transcription/evidence.ts';
import { chordTones } from '../harmony.ts';
import type { SongGrid } from '../song-grid.ts';
import { nearestStep, type Step, TERNARY, timeSteps } from './steps.ts';

/** Values of what was heard at a step: onset, note and contour of each key. */
export const HEARD_VALUES = 3 * KEYS;
/** Melody notes that begin, and that sound. */
export const MELODY_VALUES = 2 * KEYS;
/** Ticks in a beat at which a step may begin. */
export const PHASES: readonly number[] = [0, 8, 12, 16, 24, 32, 36, 40];
/** Beats from the bar's start, and to its end, that are told apart. */
export const BEATS = 6;
const CHORD_AT = 0;
const BASS_AT = 12;
const FLUX_AT = 24;
const LOUDNESS_AT = FLUX_AT + FLUX_BANDS;
const PHASE_AT = LOUDNESS_AT + 1;
const FROM_START_AT = PHASE_AT + PHASES.length;
const TO_END_AT = FROM_START_AT + BEATS;
const FLAGS_AT = TO_END_AT + BEATS;
/** Chord tones, bass, flux, loudness, place in the beat, beat in the bar, beats left, compound, ternary, length. */
export const STEP_VALUES = FLAGS_AT + 3;
/** Half a second fills the scale of a step's length. */
const LENGTH_SCALE = 510;

/** What the network sees, `steps × …_VALUES`, 0 to 255, as `models/songleaf_models/arranger/planes.py` makes it. */
export interface Planes {
  heard: Float32Array;
  melody: Float32Array;
  step: Float32Array;
}

/** Lays what was heard and what was concluded from it on the steps. */
export function samplePlanes(
  analysis: Analysis,
  evidence: Evidence,
  grid: SongGrid,
  steps: readonly Step[],
): Planes {
  const planes = {
    heard: new Float32Array(steps.length * HEARD_VALUES),
    melody: paintMelody(analysis, steps),
    step: new Float32Array(steps.length * STEP_VALUES),
  };
  paintChords(analysis, steps, planes.step);
  sampleEvidence(evidence, timeSteps(grid, steps), planes);
  paintPlaces(grid, steps, planes.step);
  return planes;
}

function toFrame(seconds: number): number {
  return Math.round(seconds * FRAME_RATE);
}

/** Onsets and flux: the strongest around a step's begin; notes, contour and loudness: means over the step. */
function sampleEvidence(evidence: Evidence, times: Float64Array, planes: Planes): void {
  const { heard, step } = planes;
  const count = times.length - 1;
  const middle = (t: number) => (times[t] + times[t + 1]) / 2;
  let from = toFrame(times[0] - (middle(0) - times[0]));
  for (let t = 0; t < count; t++) {
    const to = toFrame(middle(t));
    const at = t * HEARD_VALUES;
    const place = t * STEP_VALUES;
    const [first, last] = clampFrames(evidence, from, to);
    for (let frame = first; frame < last; frame++) {
      takeLargest(evidence.onset, frame, KEYS, heard, at);
      takeLargest(evidence.flux, frame, FLUX_BANDS, step, place + FLUX_AT);
    }
    from = to;
    const [begin, end] = clampFrames(evidence, toFrame(times[t]), toFrame(times[t + 1]));
    const frames = end - begin;
    if (frames <= 0) continue;
    let loudness = 0;
    for (let frame = begin; frame < end; frame++) {
      loudness += evidence.loudness[frame];
      for (let key = 0; key < KEYS; key++) {
        const row = frame * KEYS + key;
        heard[at + KEYS + key] += evidence.note[row];
        heard[at + 2 * KEYS + key] += strongestBin(evidence.contour, row);
      }
    }
    step[place + LOUDNESS_AT] = Math.floor(loudness / frames + 0.5);
    for (let i = at + KEYS; i < at + 3 * KEYS; i++) heard[i] = Math.floor(heard[i] / frames + 0.5);
  }
}

/** At least one frame, as far as the evidence goes. */
function clampFrames(evidence: Evidence, from: number, to: number): [number, number] {
  return [Math.max(0, from), Math.min(evidence.frames, Math.max(from + 1, to, 0))];
}

function takeLargest(
  plane: Uint8Array,
  frame: number,
  width: number,
  target: Float32Array,
  at: number,
): void {
  for (let i = 0; i < width; i++) {
    const value = plane[frame * width + i];
    if (value > target[at + i]) target[at + i] = value;
  }
}

function strongestBin(contour: Uint8Array, row: number): number {
  const bin = row * BINS_PER_SEMITONE;
  return Math.max(contour[bin], contour[bin + 1], contour[bin + 2]);
}

function paintMelody(analysis: Analysis, steps: readonly Step[]): Float32Array {
  const melody = new Float32Array(steps.length * MELODY_VALUES);
  for (const note of analysis.melody) {
    const first = nearestStep(steps, note.start);
    if (first >= steps.length) continue;
    const last = Math.max(first + 1, nearestStep(steps, note.start + note.duration));
    const key = note.pitch - LOWEST_PITCH;
    melody[first * MELODY_VALUES + key] = 255;
    for (let t = first; t < Math.min(last, steps.length); t++) melody[t * MELODY_VALUES + KEYS + key] = 255;
  }
  return melody;
}

/** The chord that sounds in the middle of each step. */
function paintChords(analysis: Analysis, steps: readonly Step[], target: Float32Array): void {
  for (const chord of analysis.chords) {
    const tones = chordTones(chord);
    if (tones.length === 0) continue;
    const bass = chord.bass ?? tones[0];
    const last = nearestStep(steps, chord.start + chord.duration);
    for (let t = nearestStep(steps, chord.start); t < Math.min(last, steps.length); t++) {
      for (const tone of tones) target[t * STEP_VALUES + CHORD_AT + tone] = 255;
      target[t * STEP_VALUES + BASS_AT + bass] = 255;
    }
  }
}

function paintPlaces(grid: SongGrid, steps: readonly Step[], target: Float32Array): void {
  const times = timeSteps(grid, steps);
  steps.forEach(({ start, bar, beatInBar, division }, t) => {
    const at = t * STEP_VALUES;
    const { beats, unit } = grid.bars[bar];
    target[at + PHASE_AT + PHASES.findIndex((phase) => phase === start % TICKS_PER_BEAT)] = 255;
    target[at + FROM_START_AT + Math.min(beatInBar, BEATS - 1)] = 255;
    target[at + TO_END_AT + Math.min(beats - 1 - beatInBar, BEATS - 1)] = 255;
    target[at + FLAGS_AT] = unit === 'dotted-quarter' ? 255 : 0;
    target[at + FLAGS_AT + 1] = division === TERNARY ? 255 : 0;
    target[at + FLAGS_AT + 2] = Math.min(255, Math.floor((times[t + 1] - times[t]) * LENGTH_SCALE + 0.5));
  });
}
