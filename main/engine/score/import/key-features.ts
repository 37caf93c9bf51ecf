import { TICKS_PER_BEAT } from '../../../contract/grid.ts';
import { groupBy } from '../group-by.ts';
import type { GridNote } from './grid-music.ts';

/** How strongly each pitch class, or a chord on it, shows from one side; 0 = C. */
type Histogram = Float64Array;

/** Sides from which one bar is looked at. */
export const barViews = [
  /** How long each pitch class sounds, and whether it occurs. */
  'sounding',
  'present',
  /** The lowest note of every onset. */
  'bass',
  /** How long each sounds in the bars around: two to either side, and eight. */
  'near',
  'far',
  /** Tones that a semitone below or above leads to at once. */
  'ledUp',
  'ledDown',
  /** Roots of the chords that sound. */
  'major',
  'minor',
  'seventh',
  'diminished',
  /** Bass notes that are reached by a falling fifth. */
  'cadence',
] as const;

/** Sides from which the whole song is looked at. */
export const songViews = [
  'sounding',
  'bass',
  'ledUp',
  'ledDown',
  'major',
  'minor',
  'seventh',
  'diminished',
  'cadence',
  'firstBass',
  'lastBass',
  'lastChord',
  'lastMajor',
  'lastMinor',
  'begin',
  'end',
  'beginLong',
  'endLong',
] as const;

/** A long note counts no more than a half. */
const LONGEST = 2 * TICKS_PER_BEAT;
const NEAR_EDGE = 8 * TICKS_PER_BEAT;
const FAR_FROM_EDGE = 32 * TICKS_PER_BEAT;
const NEAR_BARS = 2;
const FAR_BARS = 8;

interface Onset {
  start: number;
  /** Until the next, at most a half. */
  length: number;
  /** What sounds, as a set of pitch classes: bit 0 is C. */
  sounding: number;
  begin: readonly GridNote[];
  bass: number;
  bar: number;
}

export interface SongViews {
  /** For every bar the views of it, one after the other, twelve values each. */
  bars: Float64Array[];
  /** Of the song as a whole. */
  song: Float64Array;
}

/**
 * Looks at a song from the sides that tell its key signatures.
 *
 * @param notes sorted by start, at least one
 * @param bars rising
 */
export function viewSong(notes: readonly GridNote[], bars: readonly { start: number }[]): SongViews {
  const onsets = listOnsets(notes, bars);
  const inBars = bars.map((): Onset[] => []);
  for (const onset of onsets) inBars[onset.bar]!.push(onset);
  const facts = tellFacts(onsets);
  const sounding = inBars.map((group) => holdTimes(group.flatMap(({ begin }) => begin)));
  const around = (bar: number, reach: number) =>
    roots(addUp(sounding.slice(Math.max(0, bar - reach), bar + reach + 1)));
  const barRows = bars.map((_, bar) => {
    const group = inBars[bar]!;
    const present = sounding[bar]!.map((time) => (time > 0 ? 1 : 0));
    return join([
      roots(sounding[bar]!),
      present,
      roots(bassTimes(group)),
      around(bar, NEAR_BARS),
      around(bar, FAR_BARS),
      ...factViews(group, facts),
    ]);
  });
  return { bars: barRows, song: viewWhole(notes, onsets, facts) };
}

function viewWhole(notes: readonly GridNote[], onsets: readonly Onset[], facts: Facts): Float64Array {
  const first = notes[0]!.start;
  const last = notes[notes.length - 1]!.start;
  const begin = (reach: number) => holdTimes(notes.filter(({ start }) => start < first + reach));
  const end = (reach: number) => holdTimes(notes.filter(({ start }) => start >= last - reach));
  const close = onsets[onsets.length - 1]!;
  const closing = factViews([close], facts);
  return join([
    roots(holdTimes(notes)),
    roots(bassTimes(onsets)),
    ...factViews(onsets, facts),
    once([onsets[0]!.bass]),
    once([close.bass]),
    roots(once(close.begin.map(({ pitch }) => pitch % 12))),
    closing[2]!,
    closing[3]!,
    ...[begin(NEAR_EDGE), end(NEAR_EDGE), begin(FAR_FROM_EDGE), end(FAR_FROM_EDGE)].map(roots),
  ]);
}

function listOnsets(notes: readonly GridNote[], bars: readonly { start: number }[]): Onset[] {
  const groups = [...groupBy(notes, ({ start }) => start)];
  let bar = 0;
  let held: GridNote[] = [];
  return groups.map(([start, begin], at) => {
    while (bar + 1 < bars.length && bars[bar + 1]!.start <= start) bar++;
    held = [...held.filter((note) => note.start + note.duration > start), ...begin];
    const next = groups[at + 1]?.[0] ?? start + LONGEST;
    return {
      start,
      length: Math.min(LONGEST, next - start),
      sounding: held.reduce((set, { pitch }) => set | (1 << (pitch % 12)), 0),
      begin,
      bass: begin.reduce((low, { pitch }) => Math.min(low, pitch), 127) % 12,
      bar,
    };
  });
}

interface Facts {
  ledUp: Map<Onset, number[]>;
  ledDown: Map<Onset, number[]>;
  cadences: Map<Onset, number[]>;
}

/** A semitone leads from an onset to the next but one at most. */
const LEADS = 2;

function tellFacts(onsets: readonly Onset[]): Facts {
  const facts: Facts = { ledUp: new Map(), ledDown: new Map(), cadences: new Map() };
  onsets.forEach((onset, at) => {
    const before = new Set(
      onsets.slice(Math.max(0, at - LEADS), at).flatMap(({ begin }) => begin.map(({ pitch }) => pitch)),
    );
    const led = (from: number) =>
      onset.begin.filter(({ pitch }) => before.has(pitch + from)).map(({ pitch }) => pitch % 12);
    facts.ledUp.set(onset, led(-1));
    facts.ledDown.set(onset, led(1));
    const bass = onsets[at - 1]?.bass;
    facts.cadences.set(onset, bass !== undefined && (bass + 5) % 12 === onset.bass ? [onset.bass] : []);
  });
  return facts;
}

const chords = [
  [0, 4, 7],
  [0, 3, 7],
  [0, 4, 10],
  [0, 3, 6],
].map((tones) => tones.reduce((set, tone) => set | (1 << tone), 0));

/** Led up, led down, the four kinds of chords, cadences. */
function factViews(group: readonly Onset[], { ledUp, ledDown, cadences }: Facts): Histogram[] {
  const collect = (facts: Map<Onset, number[]>) => roots(once(group.flatMap((onset) => facts.get(onset)!)));
  const found = chords.map((): Histogram => new Float64Array(12));
  for (const { sounding, length } of group) {
    for (let root = 0; root < 12; root++) {
      const turned = ((sounding >> root) | (sounding << (12 - root))) & 0xfff;
      chords.forEach((chord, kind) => {
        if ((turned & chord) === chord) found[kind]![root]! += length;
      });
    }
  }
  return [collect(ledUp), collect(ledDown), ...found.map(roots), collect(cadences)];
}

function holdTimes(notes: readonly GridNote[]): Histogram {
  const times = new Float64Array(12);
  for (const { pitch, duration } of notes) times[pitch % 12]! += Math.min(duration, LONGEST);
  return times;
}

function bassTimes(onsets: readonly Onset[]): Histogram {
  const times = new Float64Array(12);
  for (const { bass, length } of onsets) times[bass]! += length;
  return times;
}

function once(pitchClasses: readonly number[]): Histogram {
  const counts = new Float64Array(12);
  for (const pitchClass of pitchClasses) counts[pitchClass]! += 1;
  return counts;
}

function addUp(histograms: readonly Histogram[]): Histogram {
  const sum = new Float64Array(12);
  for (const histogram of histograms) for (let at = 0; at < 12; at++) sum[at]! += histogram[at]!;
  return sum;
}

/** Square roots of the shares: what is rare still counts. */
function roots(histogram: Histogram): Histogram {
  const sum = histogram.reduce((all, each) => all + each, 0);
  return sum === 0 ? histogram : histogram.map((each) => Math.sqrt(each / sum));
}

function join(views: readonly Histogram[]): Float64Array {
  const row = new Float64Array(views.length * 12);
  views.forEach((view, at) => {
    row.set(view, at * 12);
  });
  return row;
}
