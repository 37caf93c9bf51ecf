import type { Chord, Section } from '../../contract/analysis.ts';
import { TICKS_PER_BEAT } from '../../contract/grid.ts';
import { sigmoid } from '../sigmoid.ts';
import { compareBars, listChords, type Matrix } from './bar-likeness.ts';
import type { BeatSound } from './beat-sound.ts';
import { borderFeatures, measureBorders } from './border-features.ts';
import type { Chroma } from './chroma.ts';
import { BORDER_BIAS, borderWeights, phraseLengths } from './section-weights.ts';

/** What a border gains beside its log-odds: without it, too few are drawn (tuned on songs with number % 20 == 3). */
const BORDER_GAIN = 2.5;
/** What the first and the last section lose for having any length: songs begin and end in the middle of phrases. */
const END_ROOM = 1;
/** Mean likeness bar by bar from which two sections are called the same. */
const SAME = 0.6;
/** Share of the longer section that the shorter one must have for them to be called the same. */
const LEAST_SHARE = 0.6;
/** Bars compared with each other; longer recordings, which are no songs, are cut into stretches of this many. */
const LONGEST = 512;

/**
 * Finds sections from the self-similarity of bars: borders where several signs together speak for one and phrases get
 * usual lengths, equal labels where two sections are alike bar by bar.
 * @param chroma one segment a beat
 * @param sounds one a beat
 * @param downbeats beat numbers at which bars begin, ascending, the first one 0
 */
export function findSections(
  chroma: Chroma,
  chords: readonly Chord[],
  sounds: readonly BeatSound[],
  downbeats: readonly number[],
): Section[] {
  const bounds = [...downbeats, sounds.length];
  const beats = { chroma, sounds, chords: listChords(chords, sounds.length) };
  const sections: Section[] = [];
  let used = 0;
  for (let first = 0; first < downbeats.length; first += LONGEST) {
    const stretch = bounds.slice(first, first + LONGEST + 1);
    const likeness = compareBars(beats, stretch);
    const odds = measureBorders(beats, stretch, likeness).map(rateBorder);
    const borders = chooseBorders(odds);
    const labels = labelSections(likeness.both, borders);
    borders.forEach((bar, i) => {
      const end = stretch[borders[i + 1] ?? stretch.length - 1];
      sections.push({
        start: stretch[bar] * TICKS_PER_BEAT,
        duration: (end - stretch[bar]) * TICKS_PER_BEAT,
        label: nameSection(used + labels[i]),
        confidence: bar === 0 ? 1 : Math.round(1000 * sigmoid(odds[bar])) / 1000,
      });
    });
    used += Math.max(...labels) + 1;
  }
  return sections;
}

const weights = borderFeatures.map((name) => borderWeights[name]);
/** In the order of `measureBorders`: features, then contrasts. */
const flatWeights = [...weights.map(([own]) => own), ...weights.map(([, contrast]) => contrast)];

/** Log-odds of a border at a bar line. */
function rateBorder(features: readonly number[]): number {
  return BORDER_BIAS + features.reduce((sum, value, i) => sum + value * flatWeights[i], 0);
}

/** Bars at which sections begin, the first one 0: borders and lengths that are likeliest together. */
function chooseBorders(odds: readonly number[]): number[] {
  const bars = odds.length;
  const best = new Array<number>(bars + 1).fill(-Infinity);
  const from = new Array<number>(bars + 1).fill(0);
  best[0] = 0;
  for (let end = 1; end <= bars; end++) {
    for (let start = Math.max(0, end - phraseLengths.length + 1); start < end; start++) {
      const usual = phraseLengths[end - start];
      const isInside = start > 0 && end < bars;
      const length = isInside ? usual : Math.max(usual, phraseLengths[4] - END_ROOM);
      const score = best[start] + (start > 0 ? odds[start] + BORDER_GAIN : 0) + length;
      if (score > best[end]) {
        best[end] = score;
        from[end] = start;
      }
    }
  }
  const borders: number[] = [];
  for (let end = bars; end > 0; end = from[end]) borders.push(from[end]);
  return borders.reverse();
}

/** Numbers from 0 up: each section takes that of the earlier one it is most like, if it is like it enough. */
function labelSections(likeness: Matrix, borders: readonly number[]): number[] {
  const lengths = borders.map((start, i) => (borders[i + 1] ?? likeness.length) - start);
  const labels: number[] = [];
  let used = 0;
  borders.forEach((start, i) => {
    let top = SAME;
    let label: number | null = null;
    for (let j = 0; j < i; j++) {
      const length = Math.min(lengths[i], lengths[j]);
      // A short tail must not borrow a long section's name.
      if (length < LEAST_SHARE * Math.max(lengths[i], lengths[j])) continue;
      let sum = 0;
      for (let k = 0; k < length; k++) sum += likeness[start + k][borders[j] + k];
      if (sum / length > top) {
        top = sum / length;
        label = labels[j];
      }
    }
    labels.push(label ?? used++);
  });
  return labels;
}

/** A … Z, AA, AB … */
function nameSection(index: number): string {
  const letter = String.fromCharCode(65 + (index % 26));
  return index < 26 ? letter : nameSection(Math.floor(index / 26) - 1) + letter;
}
