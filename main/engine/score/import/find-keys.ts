import type { Key } from '../../../contract/analysis.ts';
import { TICKS_PER_BEAT } from '../../../contract/grid.ts';
import type { GridNote } from './grid-music.ts';
import { chooseSignatures } from './key-chain.ts';
import { viewSong } from './key-features.ts';
import { weighSignatures } from './key-network.ts';
import { keyNetwork } from './key-weights.ts';

/** A long note counts no more than a half. */
const LONGEST = 2 * TICKS_PER_BEAT;
/** Shorter stays are written with accidentals. */
const SHORTEST_KEY = 8;

/**
 * The keys whose signatures a printed edition of these notes would most likely bear: the likeliest chain over the bars
 * (`key-chain.ts`) of what a network says of each (`key-network.ts`), stays of eight bars or more.
 *
 * @param notes sorted by start, at least one
 * @param bars rising
 */
export function findKeys(notes: readonly GridNote[], bars: readonly { start: number }[]): Key[] {
  const signatures = chooseSignatures(weighSignatures(viewSong(notes, bars), keyNetwork));
  const spans = joinBars(signatures).filter(({ from, to }) => to - from >= SHORTEST_KEY);
  if (spans.length < 2) return [nameKey(notes, spans[0]?.signature ?? signatures[0]!, 0)];
  const inBars = divideNotes(notes, bars);
  return spans.map(({ from, to, signature }, at) =>
    nameKey(inBars.slice(from, to).flat(), signature, at === 0 ? 0 : bars[from]!.start),
  );
}

function divideNotes(notes: readonly GridNote[], bars: readonly { start: number }[]): GridNote[][] {
  const inBars: GridNote[][] = bars.map(() => []);
  let bar = 0;
  for (const note of notes) {
    while (bar + 1 < bars.length && bars[bar + 1]!.start <= note.start) bar++;
    inBars[bar]!.push(note);
  }
  return inBars;
}

function joinBars(signatures: readonly number[]): { from: number; to: number; signature: number }[] {
  const spans: { from: number; to: number; signature: number }[] = [];
  signatures.forEach((signature, bar) => {
    const last = spans[spans.length - 1];
    if (last?.signature === signature) last.to = bar + 1;
    else spans.push({ from: bar, to: bar + 1, signature });
  });
  return spans;
}

/** Shares of the degrees of printed songs in major and minor (OpenScore Lieder, by their last bass note). */
const profiles = {
  major: [0.198, 0.014, 0.101, 0.022, 0.13, 0.091, 0.023, 0.211, 0.024, 0.086, 0.021, 0.078].map(Math.log),
  minor: [0.202, 0.022, 0.084, 0.132, 0.026, 0.095, 0.021, 0.198, 0.083, 0.025, 0.066, 0.046].map(Math.log),
};
/** A song that ends on a note rather has it as its tonic: as much as a clear difference of the profiles. */
const LAST_BASS = 0.05;

/** Share of first signatures that are found as printed (`tests/bench/engraving.ts`). */
const CONFIDENCE = 0.94;

/** Major or minor, of the two keys of a signature. */
function nameKey(notes: readonly GridNote[], signature: number, start: number): Key {
  const relative = (signature + 9) % 12;
  const isMinor = modeFit(notes, relative, 'minor') > modeFit(notes, signature, 'major');
  return {
    start,
    tonic: isMinor ? relative : signature,
    mode: isMinor ? 'minor' : 'major',
    confidence: CONFIDENCE,
  };
}

function modeFit(notes: readonly GridNote[], tonic: number, mode: 'major' | 'minor'): number {
  let fit = 0;
  let all = 0;
  for (const { pitch, duration } of notes) {
    const held = Math.min(duration, LONGEST);
    fit += held * profiles[mode][(pitch - tonic + 120) % 12]!;
    all += held;
  }
  const last = notes[notes.length - 1];
  const lastBass = last && notes.find(({ start }) => start === last.start)!.pitch % 12;
  return fit / Math.max(1, all) + (lastBass === tonic ? LAST_BASS : 0);
}
