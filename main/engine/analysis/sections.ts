import type { Section } from '../../contract/analysis.ts';
import { TICKS_PER_BEAT } from '../../contract/grid.ts';
import type { Chroma } from './chroma.ts';

/** Bars on either side of a border that are compared: a phrase of eight. */
const KERNEL = 4;
/** Lengths in bars that sections usually have, with what each is worth; other lengths cost `ODD_LENGTH`. */
const USUAL_LENGTHS = new Map([
  [4, 0.4],
  [8, 1.2],
  [12, 0.8],
  [16, 1],
]);
const LONGEST = 20;
const ODD_LENGTH = -2;
/** Fewer bars are a phrase's end or an ending, not a section. */
const SHORTEST = 4;
const TOO_SHORT = -6;
/** Weight of novelty at the border, and of how well the section is repeated elsewhere. */
const NOVELTY = 0.6;
const REPETITION = 1.2;
/** Mean likeness along the diagonal from which two sections are called the same. */
const SAME = 0.82;

/**
 * Finds sections from the self-similarity of bars (Foote, ICME 2000): borders where the music before differs from the
 * music after, equal labels where two sections are alike bar by bar.
 * @param chroma one segment a beat
 * @param loudness one value a beat, 0-1
 * @param downbeats beat numbers at which bars begin, the first one 0
 */
export function findSections(
  chroma: Chroma,
  loudness: readonly number[],
  downbeats: readonly number[],
): Section[] {
  const beats = chroma.treble.length / 12;
  const bounds = [...downbeats, beats];
  const bars = downbeats.map((from, i) => describeBar(chroma, loudness, from, bounds[i + 1]));
  if (bars.length === 0) return [];
  const likeness = bars.map((a) => Float32Array.from(bars, (b) => compareBars(a, b)));
  const novelty = measureNovelty(likeness);
  const pickup = bars.length > 2 && downbeats[1] - downbeats[0] < downbeats[2] - downbeats[1];
  const borders = chooseBorders(novelty, likeness, pickup);
  const labels = labelSections(likeness, borders);
  return borders.map((bar, i) => {
    const end = borders[i + 1] ?? bars.length;
    return {
      start: bounds[bar] * TICKS_PER_BEAT,
      duration: (bounds[end] - bounds[bar]) * TICKS_PER_BEAT,
      label: labels[i],
      confidence: bar === 0 ? 1 : Math.round(1000 / (1 + Math.exp(-novelty[bar]))) / 1000,
    };
  });
}

/** Slots of a bar that its harmony is described in, whatever its metre. */
const SLOTS = 4;

function describeBar(chroma: Chroma, loudness: readonly number[], from: number, to: number): Float32Array {
  const bar = new Float32Array(SLOTS * 12 + 1);
  for (let slot = 0; slot < SLOTS; slot++) {
    const beat = Math.min(to - 1, from + Math.floor(((to - from) * slot) / SLOTS));
    let norm = 1e-6;
    for (let pc = 0; pc < 12; pc++) norm += chroma.treble[beat * 12 + pc] ** 2;
    for (let pc = 0; pc < 12; pc++) {
      bar[slot * 12 + pc] = chroma.treble[beat * 12 + pc] / Math.sqrt(norm) / Math.sqrt(SLOTS);
    }
  }
  for (let beat = from; beat < to; beat++) bar[SLOTS * 12] += (loudness[beat] ?? 0) / (to - from);
  return bar;
}

/** Cosine of harmony, less the difference of loudness (a third of full scale, 32 dB, makes bars unlike). */
function compareBars(a: Float32Array, b: Float32Array): number {
  let dot = 0;
  for (let i = 0; i < SLOTS * 12; i++) dot += a[i] * b[i];
  return dot - 3 * Math.abs(a[SLOTS * 12] - b[SLOTS * 12]);
}

/** Checkerboard novelty at each bar, mean 0 and deviation 1 over the song. */
function measureNovelty(likeness: readonly Float32Array[]): number[] {
  const bars = likeness.length;
  const novelty = Array.from({ length: bars }, (_, bar) => {
    let within = 0;
    let across = 0;
    let pairs = 0;
    for (let i = 1; i <= KERNEL; i++) {
      for (let j = 0; j < KERNEL; j++) {
        if (bar - i < 0 || bar + j >= bars) continue;
        const weight = (1 - (i - 1) / KERNEL) * (1 - j / KERNEL);
        across += weight * likeness[bar - i][bar + j];
        const other = Math.max(0, bar - KERNEL + j);
        within +=
          0.5 * weight * (likeness[bar - i][other] + likeness[bar + j][Math.min(bars - 1, bar + i - 1)]);
        pairs += weight;
      }
    }
    return pairs > 0 ? (within - across) / pairs : 0;
  });
  const mean = novelty.reduce((a, b) => a + b, 0) / bars;
  const deviation = Math.sqrt(novelty.reduce((a, b) => a + (b - mean) ** 2, 0) / bars) || 1;
  return novelty.map((value) => (value - mean) / deviation);
}

/** Borders by dynamic programming: novelty at borders, usual lengths, and stretches that come again. */
function chooseBorders(
  novelty: readonly number[],
  likeness: readonly Float32Array[],
  pickup: boolean,
): number[] {
  const bars = novelty.length;
  const usual = measureUsualLikeness(likeness);
  const best = new Array<number>(bars + 1).fill(-Infinity);
  const from = new Array<number>(bars + 1).fill(0);
  best[0] = 0;
  for (let end = 1; end <= bars; end++) {
    for (let start = Math.max(0, end - LONGEST); start < end; start++) {
      // The pickup belongs to the section that it leads into.
      if (pickup && start === 1) continue;
      const length = end - start - (pickup && start === 0 ? 1 : 0);
      if (length < 1 && end < bars) continue;
      const repeated = length >= 4 ? rateRepetition(likeness, start, end - start) - usual : 0;
      const score =
        best[start] +
        (start === 0 ? 0 : NOVELTY * novelty[start]) +
        (USUAL_LENGTHS.get(length) ?? (length < SHORTEST ? TOO_SHORT : ODD_LENGTH)) +
        REPETITION * repeated * length;
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

/** Mean likeness of a stretch to the stretch elsewhere that it is most like, bar by bar. */
function rateRepetition(likeness: readonly Float32Array[], start: number, length: number): number {
  let best = 0;
  for (let other = 0; other + length <= likeness.length; other++) {
    if (Math.abs(other - start) < length) continue;
    let sum = 0;
    for (let k = 0; k < length; k++) sum += likeness[start + k][other + k];
    best = Math.max(best, sum / length);
  }
  return best;
}

/** Median over bars of the likeness to the most alike other bar: what repetition must beat. */
function measureUsualLikeness(likeness: readonly Float32Array[]): number {
  const best = likeness.map((row, i) => {
    let top = 0;
    for (let j = 0; j < row.length; j++) if (Math.abs(i - j) >= 4 && row[j] > top) top = row[j];
    return top;
  });
  best.sort((a, b) => a - b);
  return best[best.length >> 1] ?? 0;
}

/** A, B, C …: each section takes the label of the earlier one it is most like, if it is like it enough. */
function labelSections(likeness: readonly Float32Array[], borders: readonly number[]): string[] {
  const usual = measureUsualLikeness(likeness);
  const bars = likeness.length;
  const labels: string[] = [];
  let used = 0;
  borders.forEach((start, i) => {
    const end = borders[i + 1] ?? bars;
    let top = Math.min(SAME, usual - 0.04);
    let label: string | null = null;
    for (let j = 0; j < i; j++) {
      const otherEnd = borders[j + 1];
      const length = Math.min(end - start, otherEnd - borders[j]);
      // A short tail must not borrow a long section's name.
      if (length < 0.6 * Math.max(end - start, otherEnd - borders[j])) continue;
      let sum = 0;
      for (let k = 0; k < length; k++) sum += likeness[start + k][borders[j] + k];
      if (sum / length > top) {
        top = sum / length;
        label = labels[j];
      }
    }
    labels.push(label ?? nameSection(used++));
  });
  return labels;
}

/** A … Z, AA, AB … */
function nameSection(index: number): string {
  const letter = String.fromCharCode(65 + (index % 26));
  return index < 26 ? letter : nameSection(Math.floor(index / 26) - 1) + letter;
}
