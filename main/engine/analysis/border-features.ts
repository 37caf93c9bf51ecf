import { type Beats, type Likeness, type Matrix, standardise, weighLead } from './bar-likeness.ts';

/** What is measured at each bar line; `section-weights.ts` says what each is worth. */
export const borderFeatures = [
  // Whether the music before differs from the music after (Foote, ICME 2000), 4, 2 or 8 bars around.
  'harmonyChange',
  'leadChange',
  'soundChange2',
  'soundChange',
  'change8',
  // Whether a stretch of 4 or 8 bars that comes elsewhere too begins here, ends here, is here at all.
  'repeatStart',
  'repeatEnd',
  'repeat',
  'repeatStart8',
  'repeatEnd8',
  'repeat8',
  'harmonyRepeatStart',
  'leadRepeatStart',
  'leadRepeatEnd',
  // Whether the lead pauses before it, attacks grow denser, loudness rises, a cymbal or a fill marks it.
  'leadPause',
  'onsetRise',
  'loudnessRise',
  'crash',
  'fill',
  // Whether the singing begins here, and whether it begins or ends, two bars around.
  'voiceRise',
  'voiceChange',
  // Whether the chord changes here, and how many of the last eight beats it had held.
  'chordChange',
  'chordHeld',
] as const;
export type BorderFeature = (typeof borderFeatures)[number];

/** Bars by which a repeat is at least apart. */
const LEAST_LAG = 4;
/** Flux bands of cymbals. */
const HIGH_BANDS = 5;
/** Lead pitches from D4 up: below, accompaniment is taken for lead. */
const LEAD_FROM = 5;

/**
 * Measures every bar line: each feature of `borderFeatures`, standardised over the song, then the same less the mean
 * of the two bar lines before and behind.
 * @returns `bars × 2 features`
 */
export function measureBorders(beats: Beats, bounds: readonly number[], likeness: Likeness): number[][] {
  const columns = measureColumns(beats, bounds.slice(0, -1), likeness);
  const own = borderFeatures.map((name) => standardise(columns[name]));
  const contrast = own.map((values) => {
    const at = (bar: number) => values[Math.min(values.length - 1, Math.max(0, bar))];
    return values.map((value, bar) => value - (at(bar - 2) + at(bar - 1) + at(bar + 1) + at(bar + 2)) / 4);
  });
  return bounds.slice(0, -1).map((_, bar) => [...own, ...contrast].map((values) => values[bar]));
}

function measureColumns(
  beats: Beats,
  downbeats: readonly number[],
  { harmony, lead, sound, both }: Likeness,
): Record<BorderFeature, number[]> {
  const four = findRepeats(both, 4);
  const eight = findRepeats(both, 8);
  const leads = findRepeats(lead, 4);
  const leading = beats.sounds.map((beat) =>
    weighLead(beat)
      .slice(LEAD_FROM)
      .reduce((a, b) => a + b, 0),
  );
  const onsets = beats.sounds.map((beat) => beat.onsets);
  const loudness = beats.sounds.map((beat) => beat.loudness);
  const sung = beats.sounds.map((beat) => beat.sung);
  const high = beats.sounds.map((beat) =>
    Array.from(beat.flux)
      .slice(HIGH_BANDS)
      .reduce((a, b) => a + b, 0),
  );
  /** Mean in some beats around each bar line, less the mean in others. */
  const contrast = (
    values: readonly number[],
    here: readonly [number, number],
    there: readonly [number, number],
  ) => downbeats.map((beat) => meanAround(values, beat, here) - meanAround(values, beat, there));
  return {
    harmonyChange: measureChange(harmony, 4),
    leadChange: measureChange(lead, 4),
    soundChange2: measureChange(sound, 2),
    soundChange: measureChange(sound, 4),
    change8: measureChange(both, 8),
    repeatStart: four.start,
    repeatEnd: four.end,
    repeat: four.here,
    repeatStart8: eight.start,
    repeatEnd8: eight.end,
    repeat8: eight.here,
    harmonyRepeatStart: findRepeats(harmony, 4).start,
    leadRepeatStart: leads.start,
    leadRepeatEnd: leads.end,
    leadPause: contrast(leading, [-2, 0], [-6, -2]),
    onsetRise: contrast(onsets, [0, 4], [-4, 0]),
    loudnessRise: contrast(loudness, [0, 4], [-4, 0]),
    crash: contrast(high, [0, 1], [-8, 8]),
    fill: contrast(high, [-2, 0], [-16, -2]),
    voiceRise: contrast(sung, [0, 8], [-8, 0]),
    voiceChange: contrast(sung, [0, 8], [-8, 0]).map(Math.abs),
    chordChange: downbeats.map((beat) => Number(beat > 0 && !isSame(beats, beat, beat - 1))),
    chordHeld: downbeats.map((beat) => {
      const last = Math.max(0, beat - 1);
      return [1, 2, 3, 4, 5, 6, 7, 8].filter((back) => isSame(beats, Math.max(0, beat - back), last)).length;
    }),
  };
}

function meanAround(values: readonly number[], beat: number, [from, to]: readonly [number, number]): number {
  const part = values.slice(
    Math.max(0, Math.min(values.length - 1, beat + from)),
    Math.max(1, Math.min(values.length, beat + to)),
  );
  return part.reduce((a, b) => a + b, 0) / part.length;
}

function isSame({ chords }: Beats, a: number, b: number): boolean {
  return chords[a]?.root === chords[b]?.root && chords[a]?.quality === chords[b]?.quality;
}

/** Mean likeness within the bars before and within those after, less that between them. */
function measureChange(likeness: Matrix, reach: number): number[] {
  const bars = likeness.length;
  const mean = (rows: readonly [number, number], columns: readonly [number, number]) => {
    let sum = 0;
    for (let i = rows[0]; i < rows[1]; i++)
      for (let j = columns[0]; j < columns[1]; j++) sum += likeness[i][j];
    return sum / ((rows[1] - rows[0]) * (columns[1] - columns[0]));
  };
  return likeness.map((_, bar) => {
    if (bar === 0) return 0;
    const before = [Math.max(0, bar - reach), bar] as const;
    const after = [bar, Math.min(bars, bar + reach)] as const;
    return (mean(before, before) + mean(after, after)) / 2 - mean(before, after);
  });
}

/** At each bar line, how much better than before it (`start`) or after it (`end`) another passage is matched. */
function findRepeats(likeness: Matrix, length: number): { start: number[]; end: number[]; here: number[] } {
  const bars = likeness.length;
  const start = new Array<number>(bars).fill(-1);
  const end = new Array<number>(bars).fill(-1);
  const here = new Array<number>(bars).fill(0);
  // Sums along each diagonal make the mean over any stretch of it one subtraction.
  const sums = new Float64Array(bars + 1);
  for (let lag = LEAST_LAG; lag < bars; lag++) {
    const last = bars - lag;
    for (let a = 0; a < last; a++) sums[a + 1] = sums[a] + likeness[a][a + lag];
    const mean = (from: number, to: number) => {
      const [low, high] = [Math.max(0, from), Math.min(last, to)];
      return high > low ? (sums[high] - sums[low]) / (high - low) : 0;
    };
    for (let a = 0; a < last; a++) {
      const after = mean(a, a + length);
      const before = mean(a - length, a);
      for (const bar of [a, a + lag]) {
        start[bar] = Math.max(start[bar], after - before);
        end[bar] = Math.max(end[bar], before - after);
        here[bar] = Math.max(here[bar], after);
      }
    }
  }
  return { start, end, here };
}
