import { chordQualities } from '../../../contract/analysis.ts';
import { chordIntervals } from '../../chord-intervals.ts';
import { CHORD_VALUES } from '../../transcription/evidence.ts';
import { HARMONY_BASSES, type HeardHarmony } from './harmony-listener.ts';
import type { HeardHalves } from './heard.ts';
import { NONE, STATES } from './states.ts';
import type { ChordWeights } from './weights.ts';

/** Log-likelihood of no chord over any chord in silence. */
const SILENT = 20;
/** No chord is impossible, nor a bass: ln(1e-5), ln(1e-3). */
const LEAST_CHORD = Math.log(1e-5);
const LEAST_BASS = Math.log(1e-3);

export interface Emissions {
  beats: number;
  /** `2 beats × STATES`, log-likelihood up to a constant of each half beat. */
  halves: Float32Array;
  /** `beats × 12`, log-likelihood of each bass note: network, then note posteriors. */
  bassNetwork: Float32Array;
  bassNotes: Float32Array;
}

/** How well each chord explains each half beat: what the harmony network says, and the note posteriors. */
export function rateChords(heard: HeardHalves, harmony: HeardHarmony, weights: ChordWeights): Emissions {
  const { beats, chroma } = heard;
  const halves = new Float32Array(2 * beats * STATES);
  const bassNetwork = new Float32Array(beats * 12);
  const bassNotes = new Float32Array(beats * 12);
  const costs = priceNames(weights);
  for (let half = 0; half < 2 * beats; half++) {
    const row = halves.subarray(half * STATES, (half + 1) * STATES);
    for (let s = 0; s < STATES; s++) {
      row[s] = Math.max(LEAST_CHORD, harmony.chords[half * STATES + s]) - costs[s] / weights.sharpness;
    }
    addKinds(row, heard.heads.subarray(half * CHORD_VALUES, (half + 1) * CHORD_VALUES), weights.kind);
    addNotes(row, chroma.treble, chroma.bass, half * 12, weights.notes, weights.noteBass);
    if (heard.silent[half]) row[NONE] += SILENT;
    for (let s = 0; s < STATES; s++) row[s] *= weights.sharpness / 2;
    const beat = half >> 1;
    let sum = 0.05;
    for (let pc = 0; pc < 12; pc++) sum += chroma.bass[half * 12 + pc];
    for (let pc = 0; pc < 12; pc++) {
      bassNetwork[beat * 12 + pc] += Math.max(LEAST_BASS, harmony.bass[half * HARMONY_BASSES + pc]) / 2;
      bassNotes[beat * 12 + pc] += Math.log(chroma.bass[half * 12 + pc] / sum + 0.03) / 2;
    }
  }
  return { beats, halves, bassNetwork, bassNotes };
}

/** Third and fifth of the chord network's kinds of triad, in its order: maj, min, sus4, sus2, dim, aug. */
const KINDS = ['4 7', '3 7', '5 7', '2 7', '3 6', '4 8'];
/** The kind of triad of each quality. */
const kinds = chordQualities.map((quality) =>
  KINDS.indexOf(`${chordIntervals[quality][1]} ${chordIntervals[quality][2]}`),
);
/** A kind of triad that the chord network rules out still has this share. */
const LEAST_KIND = 0.01;

/**
 * Lets the published chord network, which learned from recordings, speak on the kind of triad over each root, where the
 * harmony network, which learned from renders, takes a third that it hardly hears to be none.
 */
function addKinds(row: Float32Array, heads: Float32Array, weight: number): void {
  for (let root = 0; root < 12; root++) {
    let all = 1e-4;
    for (let kind = 0; kind < KINDS.length; kind++) all += heads[1 + 12 * kind + root];
    kinds.forEach((kind, quality) => {
      row[12 * quality + root] += weight * Math.log(heads[1 + 12 * kind + root] / all + LEAST_KIND);
    });
  }
}

/** What each name costs a beat: chords are called plain where little speaks for more. */
function priceNames({ extended, altered }: ChordWeights): Float32Array {
  return Float32Array.from({ length: STATES }, (_, state) => {
    if (state === NONE) return 0;
    const tones = chordIntervals[chordQualities[Math.floor(state / 12)]];
    const isPlain = (tones[1] === 3 || tones[1] === 4) && tones[2] === 7;
    return (isPlain ? 0 : altered) + (tones.length > 3 ? extended : 0);
  });
}

/** Unit vectors over pitch classes: the fifth also rings in the root's overtones and tells least. */
const templates = chordQualities.map((quality) => {
  const template = new Float64Array(12);
  for (const interval of chordIntervals[quality])
    template[interval] = interval === 7 ? 0.85 : interval >= 9 ? 0.7 : 1;
  const norm = Math.hypot(...template);
  return template.map((value) => value / norm);
});
/** Likeness that no chord is taken to have. */
const NO_CHORD = 0.6;

function addNotes(
  row: Float32Array,
  treble: Float32Array,
  bass: Float32Array,
  at: number,
  notes: number,
  noteBass: number,
): void {
  const mix = new Float64Array(12);
  let low = 0.05;
  for (let pc = 0; pc < 12; pc++) {
    mix[pc] = Math.sqrt(treble[at + pc] + 0.3 * bass[at + pc]);
    low += bass[at + pc];
  }
  const norm = Math.hypot(...mix);
  if (norm < 0.2) return;
  for (let state = 0; state < NONE; state++) {
    const template = templates[Math.floor(state / 12)];
    const root = state % 12;
    let dot = 0;
    for (let interval = 0; interval < 12; interval++) dot += template[interval] * mix[(root + interval) % 12];
    row[state] += (notes * dot) / norm + (noteBass * bass[at + root]) / low;
  }
  row[NONE] += notes * NO_CHORD;
}
