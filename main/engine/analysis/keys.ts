import type { Chord, Key } from '../../contract/analysis.ts';
import { TICKS_PER_BEAT } from '../../contract/grid.ts';
import type { Chroma } from './chroma.ts';
import { type Mode, rateChordInKey, rateClassInKey } from './key-profiles.ts';
import { findStickyPath } from './sticky-path.ts';

/** Log-likelihood that a change of key has to gain: some eight clear bars in the new key. */
const CHANGE_COST = 14;
/** Weight of the pitch classes beside the chords: they count where chords are few or were not recognised. */
const CLASS_WEIGHT = 1.2;
/** The first and the last chord of a song are its tonic more often than not. */
const FRAME_BONUS = 3;

interface KeyState {
  tonic: number;
  mode: Mode;
}

const MODES: readonly Mode[] = ['major', 'minor'];
const states: readonly KeyState[] = MODES.flatMap((mode) =>
  Array.from({ length: 12 }, (_, tonic) => ({ tonic, mode })),
);

/**
 * Finds the key, with modulations that last, by a Viterbi search over bars on chords and pitch classes.
 * @param chroma one segment a beat
 * @param downbeats beat numbers at which bars begin, ascending, the first one 0
 */
export function findKeys(chroma: Chroma, chords: readonly Chord[], downbeats: readonly number[]): Key[] {
  const beats = chroma.treble.length / 12;
  const bounds = [...downbeats, beats];
  const bars = downbeats.map((from, i) => rateBar(chroma, chords, from, bounds[i + 1]));
  if (bars.length === 0) return [{ start: 0, tonic: 0, mode: 'major', confidence: 0 }];
  addFrame(bars, chords);
  const path = dropShortKeys(findStickyPath(bars, () => CHANGE_COST));
  const keys: Key[] = [];
  path.forEach((state, bar) => {
    if (bar > 0 && path[bar - 1] === state) return;
    let end = bar;
    while (end < path.length && path[end] === state) end++;
    keys.push({
      start: downbeats[bar] * TICKS_PER_BEAT,
      tonic: states[state].tonic,
      mode: states[state].mode,
      confidence: rateKey(bars.slice(bar, end), state),
    });
  });
  return keys;
}

/** Log-likelihood of a bar's chords and pitch classes in each key; a bar counts once, however long it is. */
function rateBar(chroma: Chroma, chords: readonly Chord[], from: number, to: number): Float32Array {
  const classes = new Float32Array(12);
  for (let beat = from; beat < to; beat++) {
    for (let pc = 0; pc < 12; pc++) classes[pc] += Math.sqrt(chroma.treble[beat * 12 + pc]);
  }
  const sum = classes.reduce((a, b) => a + b);
  const heard = chords.filter(
    (chord) => chord.start < to * TICKS_PER_BEAT && chord.start + chord.duration > from * TICKS_PER_BEAT,
  );
  return Float32Array.from(states, ({ tonic, mode }) => {
    let score = 0;
    for (let pc = 0; pc < 12; pc++) {
      if (sum > 1e-3) score += ((CLASS_WEIGHT * classes[pc]) / sum) * rateClassInKey(pc, tonic, mode);
    }
    for (const chord of heard) {
      if (chord.root === null || chord.quality === null) continue;
      const share = overlap(chord, from, to) / (to - from);
      score += share * rateChordInKey(chord.root, chord.quality, tonic, mode);
    }
    return score;
  });
}

/** Beats of the bar that the chord covers. */
function overlap(chord: Chord, from: number, to: number): number {
  const end = (chord.start + chord.duration) / TICKS_PER_BEAT;
  return Math.max(0, Math.min(end, to) - Math.max(chord.start / TICKS_PER_BEAT, from));
}

function addFrame(bars: Float32Array[], chords: readonly Chord[]): void {
  const named = chords.filter((chord) => chord.root !== null);
  for (const [chord, bar] of [
    [named[0], bars[0]],
    [named[named.length - 1], bars[bars.length - 1]],
  ] as const) {
    if (!chord) continue;
    const mode: Mode = chord.quality?.startsWith('min') ? 'minor' : 'major';
    states.forEach((state, s) => {
      if (state.tonic === chord.root && state.mode === mode) bar[s] += FRAME_BONUS;
    });
  }
}

/** Bars that a modulation must last: shorter ones are colour, and a reader is better off with accidentals. */
const SHORTEST_KEY = 8;

/** Gives bars of short-lived keys to the longer of their neighbours. */
function dropShortKeys(path: readonly number[]): number[] {
  const runs: { state: number; length: number }[] = [];
  for (const state of path) {
    const last = runs[runs.length - 1];
    if (last?.state === state) last.length++;
    else runs.push({ state, length: 1 });
  }
  while (runs.length > 1) {
    const shortest = runs.reduce((a, b) => (b.length < a.length ? b : a));
    if (shortest.length >= SHORTEST_KEY) break;
    const i = runs.indexOf(shortest);
    const heir = (runs[i - 1]?.length ?? 0) >= (runs[i + 1]?.length ?? 0) ? runs[i - 1] : runs[i + 1];
    heir.length += shortest.length;
    runs.splice(i, 1);
    for (let j = runs.length - 1; j > 0; j--) {
      if (runs[j].state !== runs[j - 1].state) continue;
      runs[j - 1].length += runs[j].length;
      runs.splice(j, 1);
    }
  }
  return runs.flatMap((run) => new Array<number>(run.length).fill(run.state));
}

/** Probability of the key against all others over its bars, softened: neighbouring bars are not independent. */
function rateKey(bars: readonly Float32Array[], state: number): number {
  const mean = Float32Array.from(states, (_, s) => bars.reduce((sum, bar) => sum + bar[s], 0) / bars.length);
  const sharp = Math.min(4, Math.sqrt(bars.length));
  const top = Math.max(...mean);
  const weights = mean.map((value) => Math.exp(sharp * (value - top)));
  const all = weights.reduce((a, b) => a + b);
  return Math.round((weights[state] / all) * 1000) / 1000;
}
