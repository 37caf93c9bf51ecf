import { type ChordQuality, chordQualities } from '../../../contract/analysis.ts';
import { chordIntervals } from '../../chord-intervals.ts';
import { CHORD_HEADS, CHORD_VALUES } from '../../transcription/evidence.ts';
import type { HeardHalves } from './heard.ts';
import { NONE, STATES } from './states.ts';
import type { ChordWeights } from './weights.ts';

/** Where each head's values begin: triad, bass, seventh, ninth, eleventh, thirteenth. */
const [TRIAD, BASS, SEVENTH, NINTH, ELEVENTH] = CHORD_HEADS;
const BASS_AT = TRIAD;
const SEVENTH_AT = BASS_AT + BASS;
const NINTH_AT = SEVENTH_AT + SEVENTH;
const THIRTEENTH_AT = NINTH_AT + NINTH + ELEVENTH;

/** Triads of the network in its order. */
const MAJ = 0;
const MIN = 1;
const SUS4 = 2;
const SUS2 = 3;
const DIM = 4;
const AUG = 5;
/** Sevenths: none, major, minor, diminished. */
const NO7 = 0;
const M7 = 1;
const m7 = 2;
const d7 = 3;

/** Which classes of the heads make a quality; what is not told apart (a sus4 with its seventh) is summed. */
const recipes: Record<
  ChordQuality,
  { triad: number; seventh: number[]; ninth?: number[]; thirteenth?: number[] }
> = {
  maj: { triad: MAJ, seventh: [NO7], ninth: [0], thirteenth: [0] },
  min: { triad: MIN, seventh: [NO7], thirteenth: [0] },
  '7': { triad: MAJ, seventh: [m7], ninth: [0, 2, 3] },
  maj7: { triad: MAJ, seventh: [M7] },
  min7: { triad: MIN, seventh: [m7] },
  sus2: { triad: SUS2, seventh: [NO7, M7, m7] },
  sus4: { triad: SUS4, seventh: [NO7, M7, m7] },
  dim: { triad: DIM, seventh: [NO7] },
  aug: { triad: AUG, seventh: [NO7, M7, m7] },
  maj6: { triad: MAJ, seventh: [NO7], thirteenth: [1] },
  min6: { triad: MIN, seventh: [NO7], thirteenth: [1] },
  '9': { triad: MAJ, seventh: [m7], ninth: [1] },
  add9: { triad: MAJ, seventh: [NO7], ninth: [1], thirteenth: [0] },
  dim7: { triad: DIM, seventh: [d7] },
  hdim7: { triad: DIM, seventh: [m7] },
  minmaj7: { triad: MIN, seventh: [M7] },
};

/** How often the root, another chord tone or a strange tone lies in the bass (POP909: 7 % of chords are inverted). */
const BASS_SHARE = { root: 0.85, tone: 0.12, strange: 0.03 };
/** Weights of the notes where no chord network listened. */
const NOTES_ALONE = { notes: 4, noteBass: 0.4 };
/** Log-likelihood of no chord over any chord in silence. */
const SILENT = 20;

export interface Emissions {
  beats: number;
  /** `2 beats × STATES`, log-likelihood up to a constant of each half beat. */
  halves: Float32Array;
  /** `beats × 12`, log-likelihood of each bass note: network, then note posteriors. */
  bassNetwork: Float32Array;
  bassNotes: Float32Array;
}

/** How well each chord explains each half beat: the network's heads and the note posteriors. */
export function rateChords(heard: HeardHalves, weights: ChordWeights): Emissions {
  const { beats, chroma } = heard;
  const halves = new Float32Array(2 * beats * STATES);
  const bassNetwork = new Float32Array(beats * 12);
  const bassNotes = new Float32Array(beats * 12);
  const { notes, noteBass } = heard.named ? weights : NOTES_ALONE;
  for (let half = 0; half < 2 * beats; half++) {
    const heads = heard.heads.subarray(half * CHORD_VALUES, (half + 1) * CHORD_VALUES);
    const row = halves.subarray(half * STATES, (half + 1) * STATES);
    if (heard.named) addNetwork(row, heads, weights);
    addNotes(row, chroma.treble, chroma.bass, half * 12, notes, noteBass);
    if (heard.silent[half]) row[NONE] += SILENT;
    for (let s = 0; s < STATES; s++) row[s] *= weights.sharpness / 2;
    const beat = half >> 1;
    let sum = 0.05;
    for (let pc = 0; pc < 12; pc++) sum += chroma.bass[half * 12 + pc];
    for (let pc = 0; pc < 12; pc++) {
      bassNetwork[beat * 12 + pc] += Math.log(heads[BASS_AT + 1 + pc] + 1e-3) / 2;
      bassNotes[beat * 12 + pc] += Math.log(chroma.bass[half * 12 + pc] / sum + 0.03) / 2;
    }
  }
  return { beats, halves, bassNetwork, bassNotes };
}

const EPSILON = 1e-5;

function sumAt(heads: Float32Array, at: number, classes: readonly number[] | undefined): number {
  if (!classes) return 1;
  let sum = 0;
  for (const c of classes) sum += heads[at + c];
  return sum;
}

function addNetwork(row: Float32Array, heads: Float32Array, weights: ChordWeights): void {
  chordQualities.forEach((quality, q) => {
    const { triad, seventh, ninth, thirteenth } = recipes[quality];
    const colour =
      weights.seventh * Math.log(sumAt(heads, SEVENTH_AT, seventh) + EPSILON) +
      weights.ninth * Math.log(sumAt(heads, NINTH_AT, ninth) + EPSILON) +
      weights.thirteenth * Math.log(sumAt(heads, THIRTEENTH_AT, thirteenth) + EPSILON);
    const cost =
      (triad > MIN ? weights.altered : 0) +
      (seventh[0] !== NO7 || ninth?.[0] === 1 || thirteenth?.[0] === 1 ? weights.extended : 0);
    const tones = chordIntervals[quality];
    const strange = BASS_SHARE.strange / (12 - tones.length);
    for (let root = 0; root < 12; root++) {
      let bass = 0;
      for (let interval = 0; interval < 12; interval++) {
        const share =
          interval === 0
            ? BASS_SHARE.root
            : tones.includes(interval)
              ? BASS_SHARE.tone / (tones.length - 1)
              : strange;
        bass += share * heads[BASS_AT + 1 + ((root + interval) % 12)];
      }
      row[12 * q + root] =
        Math.log(heads[1 + 12 * triad + root] + EPSILON) +
        weights.bass * Math.log(bass + 1e-3) +
        colour -
        cost / weights.sharpness;
    }
  });
  row[NONE] = Math.log(heads[0] + EPSILON) + weights.bass * Math.log(heads[BASS_AT] + 1e-3);
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
