import { TICKS_PER_BEAT } from '../../contract/grid.ts';

/** What a hand last held, as pitches, and when it last began notes. */
export interface Grip {
  low: number;
  high: number;
  tick: number;
}

/** Which hand last struck each key and when: (tick + 1), negative for the left; 0 for a key not yet struck. */
export type KeyMemory = Int32Array;

/** How many notes began in each hand at an earlier onset. */
export interface Begun {
  left: number;
  right: number;
}

/** Pitches of the notes that begin around an onset. */
export interface Surroundings {
  low: number;
  high: number;
  mean: number;
}

/** One way to divide the notes of an onset: the lowest `k` of `pitches` to the left. */
export interface Division {
  tick: number;
  /** Position in the bar, in ticks. */
  inBar: number;
  /** All that sounds, lowest first. */
  pitches: readonly number[];
  /** Whether the note was sounding before. */
  held: readonly boolean[];
  /** Ticks for which each sounds in all. */
  durations: readonly number[];
  /** What lies within two beats before and after. */
  around: Surroundings;
  /** The same for eight beats. */
  farAround: Surroundings;
  /** Share of the song's notes that lie lower, by pitch. */
  shareBelow: Float64Array;
  /** Middle between the hands where they last met, as a pitch. */
  border: number;
  k: number;
  left: Grip | null;
  right: Grip | null;
  memory: KeyMemory;
  /** One bar and one beat before, where something began then. */
  barBefore: Begun | null;
  beatBefore: Begun | null;
}

/** Tables of weights, one after the other, by what they are looked up with. */
const sizes = {
  /** Pitch of a beginning note in the left hand, in steps of two semitones from A0; the right is the reference. */
  register: 44,
  /** The same where the note begins alone. */
  single: 44,
  /** Place between the lowest and highest around, in sixteenths; and above the mean around, in steps of two semitones. */
  rank: 17,
  singleRank: 17,
  aboveMean: 33,
  farRank: 17,
  farAboveMean: 33,
  songRank: 21,
  /** Beyond the place where the hands last met, in semitones up to 12, for a note of the left or right. */
  overBorder: 26,
  /** Widest distance in a hand, left and right, in semitones up to 24. */
  spanLeft: 25,
  spanRight: 25,
  /**
   * Notes that begin in a hand, up to 5, where the other last began some within a beat, a bar, or earlier and holds
   * none; where it holds some; and where it begins some.
   */
  countLeft: 30,
  countRight: 30,
  /** Way of a hand's middle, in steps of two semitones up to two octaves, after up to a beat, a bar of four, or more. */
  moveLeft: 39,
  moveRight: 39,
  /** The same for a hand's lowest and highest note. */
  lowLeft: 39,
  highLeft: 39,
  lowRight: 39,
  highRight: 39,
  /** A bar or a beat before the hand began nothing, or something, and now begins nothing, fewer, more or as many. */
  barLeft: 6,
  barRight: 6,
  beatLeft: 6,
  beatRight: 6,
  /** Way of the nearer edge of a hand: 0 within the last grip, then semitones up to 12, one octave and a half, more. */
  edgeLeft: 15,
  edgeRight: 15,
  /** Distance between the hands where both begin notes, in semitones up to 24. */
  gap: 25,
  /** A note that begins beyond what the other hand last held, within a beat or later. */
  beyondLeft: 2,
  beyondRight: 2,
  /** A key that was last struck by the same hand, or the other: within a beat, a bar of four, four bars, or earlier. */
  keySame: 4,
  keyOther: 4,
  /** A neighbour, up to two semitones away, of a key that was not struck within a bar. */
  nearSame: 2,
  nearOther: 2,
  /** Neighbours that begin together, in one hand or in two: one lasts at least half as long again, or not. */
  neighbours: 4,
  /** The hand that has the lowest beginning note: at the bar's start, on a beat, off the beat. */
  lowestLeft: 3,
} as const;

type Table = keyof typeof sizes;

const offsets = {} as Record<Table, number>;
let total = 0;
for (const table of Object.keys(sizes) as Table[]) {
  offsets[table] = total;
  total += sizes[table];
}
export const handWeightCount = total;

const BAR = 4 * TICKS_PER_BEAT;
/** Played lengths of one written length differ by less than this. */
const UNLIKE = 1.6;

/** Ages within a beat, a bar, or more. */
function ageOf(ticks: number): number {
  if (ticks <= TICKS_PER_BEAT) return 0;
  return ticks <= BAR ? 1 : 2;
}

/** Places in the table of weights whose sum says how likely a pianist would divide the notes so. */
export function handFeatures(division: Division, out: number[]): void {
  const { pitches, held, k, left, right, tick, memory } = division;
  out.length = 0;
  const add = (table: Table, at: number) =>
    out.push(offsets[table] + Math.min(Math.max(0, at), sizes[table] - 1));
  let beginning = 0;
  let beginLeft = 0;
  let lowest = -1;
  for (let place = 0; place < pitches.length; place++) {
    if (held[place]) continue;
    beginning++;
    if (place < k) beginLeft++;
    if (lowest < 0) lowest = place;
  }
  for (let place = 0; place < pitches.length; place++) {
    if (held[place]) continue;
    const pitch = pitches[place]!;
    const isLeft = place < k;
    if (isLeft) {
      add(beginning === 1 ? 'single' : 'register', (pitch - 21) >> 1);
      const { low, high, mean } = division.around;
      add(
        beginning === 1 ? 'singleRank' : 'rank',
        Math.floor((16 * (pitch - low)) / Math.max(1, high - low)),
      );
      add('aboveMean', 16 + Math.round((pitch - mean) / 2));
      const far = division.farAround;
      add('farRank', Math.floor((16 * (pitch - far.low)) / Math.max(1, far.high - far.low)));
      add('farAboveMean', 16 + Math.round((pitch - far.mean) / 2));
      add('songRank', Math.floor(20 * division.shareBelow[pitch]!));
    }
    const over = isLeft ? pitch - division.border : division.border - pitch;
    add('overBorder', (isLeft ? 0 : 13) + Math.min(12, Math.max(0, Math.ceil(over))));
    const other = isLeft ? right : left;
    if (other && (isLeft ? pitch > other.low : pitch < other.high)) {
      add(isLeft ? 'beyondLeft' : 'beyondRight', tick - other.tick <= TICKS_PER_BEAT ? 0 : 1);
    }
    const struck = memory[pitch]!;
    if (struck !== 0) {
      const since = tick - (Math.abs(struck) - 1);
      add(struck < 0 === isLeft ? 'keySame' : 'keyOther', since > 4 * BAR ? 3 : ageOf(since));
    }
    if (struck === 0 || tick - Math.abs(struck) >= BAR) {
      for (const near of [pitch - 1, pitch + 1, pitch - 2, pitch + 2]) {
        const known = memory[near]!;
        const since = tick - (Math.abs(known) - 1);
        if (known === 0 || since === 0 || since > BAR) continue;
        add(known < 0 === isLeft ? 'nearSame' : 'nearOther', ageOf(since));
        break;
      }
    }
  }
  const beginRight = beginning - beginLeft;
  if (lowest >= 0 && lowest < k)
    add('lowestLeft', division.inBar === 0 ? 0 : division.inBar % TICKS_PER_BEAT === 0 ? 1 : 2);
  const size = pitches.length;
  if (k > 0) add('spanLeft', pitches[k - 1]! - pitches[0]!);
  if (k < size) add('spanRight', pitches[size - 1]! - pitches[k]!);
  const otherState = (begins: number, holds: boolean, grip: Grip | null): number => {
    if (begins > 0) return 24;
    if (holds) return 18;
    return grip ? 6 * ageOf(tick - grip.tick) : 12;
  };
  add('countLeft', otherState(beginRight, k < size, right) + Math.min(5, beginLeft));
  add('countRight', otherState(beginLeft, k > 0, left) + Math.min(5, beginRight));
  for (let place = 1; place < size; place++) {
    if (held[place] || held[place - 1]) continue;
    const [a, b] = [division.durations[place - 1]!, division.durations[place]!];
    add('neighbours', (place === k ? 2 : 0) + (Math.max(a, b) >= UNLIKE * Math.min(a, b) ? 1 : 0));
  }
  if (division.barBefore) {
    add('barLeft', sameness(division.barBefore.left, beginLeft));
    add('barRight', sameness(division.barBefore.right, beginRight));
  }
  if (division.beatBefore) {
    add('beatLeft', sameness(division.beatBefore.left, beginLeft));
    add('beatRight', sameness(division.beatBefore.right, beginRight));
  }
  if (beginLeft > 0 && left) addMove(pitches[0]!, pitches[k - 1]!, left, 'Left');
  if (beginRight > 0 && right) addMove(pitches[k]!, pitches[size - 1]!, right, 'Right');
  if (beginLeft > 0 && beginRight > 0) add('gap', pitches[k]! - pitches[k - 1]!);

  function addMove(low: number, high: number, last: Grip, hand: 'Left' | 'Right'): void {
    const way = Math.abs(low + high - last.low - last.high) >> 1;
    const age = ageOf(tick - last.tick) * 13;
    add(`move${hand}`, age + Math.min(12, way >> 1));
    add(`low${hand}`, age + Math.min(12, Math.abs(low - last.low)));
    add(`high${hand}`, age + Math.min(12, Math.abs(high - last.high)));
    const outside = Math.max(0, last.low - high, low - last.high);
    add(`edge${hand}`, outside <= 12 ? outside : outside <= 18 ? 13 : 14);
  }
}

function sameness(before: number, now: number): number {
  if (before === 0) return now === 0 ? 0 : 1;
  if (now === 0) return 2;
  return now === before ? 5 : now < before ? 3 : 4;
}
