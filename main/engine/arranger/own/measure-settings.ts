import { KEYS, LOWEST_PITCH } from '../../transcription/evidence.ts';
import type { StyleSettings } from './style.ts';

/** Means and deviations over the training songs: they bring settings to about -2 to 2 (`arranger/settings.py`). */
const CENTRES = { density: [1.6, 0.63], register: [60, 4.7], drive: [0.75, 0.6] } as const;
/** How far from the mean the network was told that anything lies. */
const FURTHEST = 3;

/**
 * What a passage is like: density, the logarithm (base 2) of notes a beat; register, the mean pitch; drive, the logarithm
 * (base 2) of onsets a beat. Nothing where no note begins.
 * @param onsets `steps × KEYS`, not 0 where a note begins
 */
export function measureSettings(onsets: Float32Array, beats: number): StyleSettings {
  let [count, pitches] = [0, 0];
  const struck = new Set<number>();
  onsets.forEach((begins, cell) => {
    if (begins === 0) return;
    count++;
    pitches += (cell % KEYS) + LOWEST_PITCH;
    struck.add(Math.floor(cell / KEYS));
  });
  if (count === 0) return {};
  const scale = (name: keyof typeof CENTRES, value: number) => {
    const [mean, deviation] = CENTRES[name];
    return Math.min(FURTHEST, Math.max(-FURTHEST, (value - mean) / deviation));
  };
  const aBeat = (things: number) => Math.log2(things / Math.max(1, beats));
  return {
    density: scale('density', aBeat(count)),
    register: scale('register', pitches / count),
    drive: scale('drive', aBeat(struck.size)),
  };
}
