import type { Chord, ChordQuality } from '../../contract/analysis.ts';
import { TICKS_PER_BEAT } from '../../contract/grid.ts';
import { chordIntervals } from '../chord-intervals.ts';
import { recognisedQualities } from './chord-vocabulary.ts';
import type { Chroma } from './chroma.ts';
import { findStickyPath } from './sticky-path.ts';

interface ChordState {
  root: number;
  quality: ChordQuality;
  cost: number;
  /** Unit vector over pitch classes. */
  template: Float32Array;
}

/** How sharply likeness to a template speaks: emission = SHARPNESS × cosine. */
const SHARPNESS = 11;
/** Share of the bass's own weight in a chord's emission: its root, else another chord tone. */
const BASS_ROOT = 1.2;
const BASS_TONE = 0.5;
/** The same for "no chord", as if its likeness were this. */
const NO_CHORD = 0.5;
/** Cost of a change of chord on a downbeat, on the half bar and elsewhere (−log probability). */
const CHANGE_COST = { downbeat: 2, half: 3, other: 4.5 };
/** Energy of a beat's chroma below which it counts as silent. */
const SILENCE = 0.05;
/** A chord tone other than the root is written as the bass only with this share of the bass. */
const INVERSION_SHARE = 0.5;

/** Weight of each chord tone: the fifth also rings in the root's overtones and tells least. */
function makeTemplate(root: number, quality: ChordQuality): Float32Array {
  const template = new Float32Array(12);
  for (const interval of chordIntervals[quality]) {
    template[(root + interval) % 12] = interval === 7 ? 0.85 : interval >= 9 ? 0.7 : 1;
  }
  const norm = Math.hypot(...template);
  return template.map((value) => value / norm);
}

const states: readonly ChordState[] = recognisedQualities.flatMap(({ quality, cost }) =>
  Array.from({ length: 12 }, (_, root) => ({ root, quality, cost, template: makeTemplate(root, quality) })),
);
const NONE = states.length;

/**
 * Recognises chords beat by beat: likeness of each beat's chroma to chord templates, a Viterbi search in which changes
 * are cheapest on downbeats (Sheh & Ellis, ISMIR 2003, on a beat grid).
 * @param chroma one segment a beat
 * @param bars position in the bar and length of the bar of each beat
 */
export function findChords(chroma: Chroma, bars: readonly { position: number; beats: number }[]): Chord[] {
  const beats = bars.length;
  if (beats === 0) return [];
  const emissions = Array.from({ length: beats }, (_, beat) => emit(chroma, beat));
  const path = findStickyPath(emissions, (beat) => changeCost(bars[beat]));
  return joinChords(path, emissions, chroma);
}

/** Log-likelihood (up to a constant) of each state for one beat. */
function emit(chroma: Chroma, beat: number): Float32Array {
  const scores = new Float32Array(NONE + 1);
  const mix = new Float32Array(12);
  let bassSum = 0;
  for (let pc = 0; pc < 12; pc++) {
    mix[pc] = Math.sqrt(chroma.treble[beat * 12 + pc] + 0.3 * chroma.bass[beat * 12 + pc]);
    bassSum += chroma.bass[beat * 12 + pc];
  }
  const norm = Math.hypot(...mix);
  if (norm < Math.sqrt(SILENCE)) {
    scores[NONE] = SHARPNESS;
    return scores;
  }
  states.forEach((state, s) => {
    let dot = 0;
    for (let pc = 0; pc < 12; pc++) dot += (mix[pc] / norm) * state.template[pc];
    let bass = 0;
    if (bassSum > 0.02) {
      for (const interval of chordIntervals[state.quality]) {
        const share = chroma.bass[beat * 12 + ((state.root + interval) % 12)] / bassSum;
        bass += share * (interval === 0 ? BASS_ROOT : BASS_TONE);
      }
    }
    scores[s] = SHARPNESS * dot + bass - state.cost;
  });
  scores[NONE] = SHARPNESS * NO_CHORD;
  return scores;
}

/** What a change of chord into this beat costs. */
function changeCost({ position, beats }: { position: number; beats: number }): number {
  if (position === 1) return CHANGE_COST.downbeat;
  return beats % 2 === 0 && position === beats / 2 + 1 ? CHANGE_COST.half : CHANGE_COST.other;
}

function joinChords(path: readonly number[], emissions: readonly Float32Array[], chroma: Chroma): Chord[] {
  const chords: Chord[] = [];
  for (let start = 0; start < path.length; ) {
    let end = start + 1;
    while (end < path.length && path[end] === path[start]) end++;
    const state = path[start] === NONE ? null : states[path[start]];
    chords.push({
      start: start * TICKS_PER_BEAT,
      duration: (end - start) * TICKS_PER_BEAT,
      root: state?.root ?? null,
      quality: state?.quality ?? null,
      bass: state ? chooseBass(state, chroma, start, end) : null,
      confidence: rateChord(path[start], emissions, start, end),
    });
    start = end;
  }
  return chords;
}

/** The sounding bass where it is clearly another chord tone, else the root. */
function chooseBass(state: ChordState, chroma: Chroma, start: number, end: number): number {
  const bass = new Float32Array(12);
  let sum = 0;
  for (let beat = start; beat < end; beat++) {
    for (let pc = 0; pc < 12; pc++) {
      bass[pc] += chroma.bass[beat * 12 + pc];
      sum += chroma.bass[beat * 12 + pc];
    }
  }
  const tones = chordIntervals[state.quality].map((interval) => (state.root + interval) % 12);
  const loudest = tones.reduce((a, b) => (bass[b] > bass[a] ? b : a));
  return sum > 0 && bass[loudest] / sum > INVERSION_SHARE ? loudest : state.root;
}

/** Probability of the chosen chord's root among all roots, from the mean emission over the chord's beats. */
function rateChord(state: number, emissions: readonly Float32Array[], start: number, end: number): number {
  const mean = new Float32Array(NONE + 1);
  for (let beat = start; beat < end; beat++) {
    for (let s = 0; s <= NONE; s++) mean[s] += emissions[beat][s] / (end - start);
  }
  const top = Math.max(...mean);
  let own = 0;
  let all = 0;
  for (let s = 0; s <= NONE; s++) {
    const weight = Math.exp(mean[s] - top);
    all += weight;
    if (s === state || (s < NONE && state < NONE && states[s].root === states[state].root)) own += weight;
  }
  return Math.round((own / all) * 1000) / 1000;
}
