import type { Key } from '../../../contract/analysis.ts';
import type { GridNote } from './grid-music.ts';

/** Weights of the degrees of major and minor (Temperley, Music and Probability, 2007, from the Kostka-Payne corpus). */
const profiles = {
  major: [0.748, 0.06, 0.488, 0.082, 0.67, 0.46, 0.096, 0.715, 0.104, 0.366, 0.057, 0.4],
  minor: [0.712, 0.084, 0.474, 0.618, 0.049, 0.46, 0.105, 0.747, 0.404, 0.067, 0.133, 0.33],
};

/** The one key that fits all notes best. */
export function findKeys(notes: readonly GridNote[]): Key[] {
  const weights = new Array<number>(12).fill(0);
  for (const { pitch, duration } of notes) weights[pitch % 12]! += Math.min(duration, 96);
  let best: Key = { start: 0, tonic: 0, mode: 'major', confidence: 1 };
  let most = Number.NEGATIVE_INFINITY;
  for (const mode of ['major', 'minor'] as const) {
    for (let tonic = 0; tonic < 12; tonic++) {
      const fit = weights.reduce(
        (sum, weight, pc) => sum + weight * profiles[mode][(pc - tonic + 12) % 12]!,
        0,
      );
      if (fit > most) {
        most = fit;
        best = { start: 0, tonic, mode, confidence: 1 };
      }
    }
  }
  return [best];
}
