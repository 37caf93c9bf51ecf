import type { MelodyNote } from '../../contract/analysis.ts';
import { TICKS_PER_BEAT } from '../../contract/grid.ts';
import { type Evidence, KEYS, LOWEST_PITCH } from '../transcription/evidence.ts';

/** Steps a beat that the melody is placed on: 16ths where the beat is a quarter. */
const STEPS_PER_BEAT = { quarter: 4, 'dotted-quarter': 6 } as const;
/** The line is looked for from G3 to C6, where pop tunes lie (POP909's MELODY: 57 to 86 for 98 % of notes). */
const LOWEST = 55;
const HIGHEST = 86;
const PITCHES = HIGHEST - LOWEST + 1;
const REST = PITCHES;

/** What the search weighs, in units of a note posterior. */
const WEIGHTS = {
  /** Weight of a pitch's mean note posterior in a step, and of its highest onset posterior. */
  note: 1,
  onset: 0.5,
  /** Bonus per semitone above the middle of the range. */
  register: 0.012,
  /** Cost of a strong note sounding above, times its salience. */
  covered: 0.35,
  /** What a rest scores in a step. */
  rest: 0.42,
  /** Cost of any change of pitch, and per semitone of its leap. */
  change: 0.15,
  leap: 0.025,
  /** Cost of starting or ending a stretch of melody. */
  voicing: 0.25,
};

/**
 * Finds the melody as one line on the beat grid: a Viterbi search over pitches and rest per step, on the transcriber's
 * posteriors, that prefers strong, high and smooth lines.
 * @param beats frames of beats, ascending, with one more entry for the end of the last beat
 * @param unit what a beat is, which sets the step
 */
export function findMelody(
  evidence: Evidence,
  beats: readonly number[],
  unit: 'quarter' | 'dotted-quarter',
): MelodyNote[] {
  const steps = (beats.length - 1) * STEPS_PER_BEAT[unit];
  if (steps <= 0) return [];
  const edges = stepEdges(beats, STEPS_PER_BEAT[unit]);
  const salience = new Float32Array(steps * PITCHES);
  const onsets = new Float32Array(steps * PITCHES);
  for (let step = 0; step < steps; step++) measureStep(evidence, edges, step, salience, onsets);
  const path = search(salience, onsets, steps);
  return joinSteps(path, salience, onsets, TICKS_PER_BEAT / STEPS_PER_BEAT[unit]);
}

/** Frames of the borders of steps: each step is centred on its grid position, so that early attacks belong to it. */
function stepEdges(beats: readonly number[], perBeat: number): Float64Array {
  const steps = (beats.length - 1) * perBeat;
  const edges = new Float64Array(steps + 1);
  for (let step = 0; step <= steps; step++) {
    const beat = Math.min(Math.floor(step / perBeat), beats.length - 2);
    const length = beats[beat + 1] - beats[beat];
    // A third of a step early: notes are sung and struck a little before as often as after the grid.
    edges[step] = beats[beat] + length * ((step - beat * perBeat) / perBeat) - length / perBeat / 3;
  }
  return edges;
}

function measureStep(
  evidence: Evidence,
  edges: Float64Array,
  step: number,
  salience: Float32Array,
  onsets: Float32Array,
): void {
  const from = Math.max(0, Math.round(edges[step]));
  const to = Math.min(evidence.frames, Math.max(from + 1, Math.round(edges[step + 1])));
  const offset = LOWEST - LOWEST_PITCH;
  for (let t = from; t < to; t++) {
    for (let p = 0; p < PITCHES; p++) {
      const at = t * KEYS + offset + p;
      salience[step * PITCHES + p] += evidence.note[at] / (255 * (to - from));
      onsets[step * PITCHES + p] = Math.max(onsets[step * PITCHES + p], evidence.onset[at] / 255);
    }
  }
}

function search(salience: Float32Array, onsets: Float32Array, steps: number): Uint8Array {
  const count = PITCHES + 1;
  let best = new Float32Array(count);
  const from = new Uint8Array(steps * count);
  const reward = new Float32Array(count);
  for (let step = 0; step < steps; step++) {
    rewardStep(salience, onsets, step, reward);
    const next = new Float32Array(count);
    for (let s = 0; s < count; s++) {
      let top = best[s];
      let chosen = s;
      if (step > 0) {
        for (let p = 0; p < count; p++) {
          if (p === s) continue;
          const cost =
            p === REST || s === REST ? WEIGHTS.voicing : WEIGHTS.change + WEIGHTS.leap * Math.abs(p - s);
          const score = best[p] - cost;
          if (score > top) {
            top = score;
            chosen = p;
          }
        }
      }
      from[step * count + s] = chosen;
      next[s] = top + reward[s];
    }
    best = next;
  }
  const path = new Uint8Array(steps);
  let state = best.indexOf(Math.max(...best));
  for (let step = steps - 1; step >= 0; step--) {
    path[step] = state;
    state = from[step * count + state];
  }
  return path;
}

function rewardStep(salience: Float32Array, onsets: Float32Array, step: number, reward: Float32Array): void {
  let above = 0;
  for (let p = PITCHES - 1; p >= 0; p--) {
    const note = salience[step * PITCHES + p];
    const strength = WEIGHTS.note * note + WEIGHTS.onset * onsets[step * PITCHES + p];
    reward[p] = strength + (note > 0.05 ? WEIGHTS.register * (p - PITCHES / 2) : 0) - WEIGHTS.covered * above;
    above = Math.max(above, note);
  }
  reward[REST] = WEIGHTS.rest;
}

function joinSteps(
  path: Uint8Array,
  salience: Float32Array,
  onsets: Float32Array,
  ticks: number,
): MelodyNote[] {
  const notes: MelodyNote[] = [];
  for (let step = 0; step < path.length; ) {
    const pitch = path[step];
    let end = step + 1;
    if (pitch === REST) {
      step = end;
      continue;
    }
    let strength = salience[step * PITCHES + pitch];
    while (end < path.length && path[end] === pitch && onsets[end * PITCHES + pitch] < REPEAT_ONSET) {
      strength += salience[end * PITCHES + pitch];
      end++;
    }
    notes.push({
      start: step * ticks,
      duration: (end - step) * ticks,
      pitch: pitch + LOWEST,
      confidence: Math.min(1, Math.round((strength / (end - step)) * 1000) / 1000),
    });
    step = end;
  }
  return notes;
}

/** Onset posterior from which a held pitch counts as struck again. */
const REPEAT_ONSET = 0.65;
