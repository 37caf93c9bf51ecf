import type { Chord } from '../../../contract/analysis.ts';
import { chordTones } from '../harmony.ts';
import type { Step } from '../own/steps.ts';
import { STEPS_A_BEAT, WINDOW_STEPS } from './windows.ts';

/** Beats of a window, and values of each: root, pitch classes and bass as twelve bits each; no chord is all zeros. */
export const WINDOW_BEATS = WINDOW_STEPS / STEPS_A_BEAT;
export const CHORD_WIDTH = 36;
const CLASSES = 12;
/** Ninths are no chord tones to the network, as they are none in the labels that it learned from. */
const TONES_WITHOUT_NINTH: Partial<Record<NonNullable<Chord['quality']>, number>> = { '9': 4, add9: 3 };

/**
 * Writes the chords of a window from step `first` on into `target` at `at`, a row for each of its beats: the chord that
 * sounds in the beat's middle, the later where two do, which is the same as that chords begin at the beats next to them.
 */
export function layChordRows(
  chords: readonly Chord[],
  steps: readonly Step[],
  first: number,
  target: Float32Array,
  at: number,
): void {
  for (let beat = 0; beat < WINDOW_BEATS; beat++) {
    const middle = steps[first + beat * STEPS_A_BEAT + STEPS_A_BEAT / 2]?.start;
    if (middle === undefined) continue;
    const chord = chords.findLast(({ start, duration }) => start <= middle && middle < start + duration);
    if (chord) writeRow(chord, target, at + beat * CHORD_WIDTH);
  }
}

function writeRow(chord: Chord, target: Float32Array, at: number): void {
  const tones = chordTones(chord);
  const [root] = tones;
  if (root === undefined) return;
  const bass = chord.bass ?? root;
  target[at + root] = 1;
  const most = TONES_WITHOUT_NINTH[chord.quality!] ?? tones.length;
  for (const tone of [...tones.slice(0, most), bass]) target[at + CLASSES + tone] = 1;
  target[at + 2 * CLASSES + bass] = 1;
}
