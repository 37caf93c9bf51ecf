import type { TextureScore } from '../../../contract/arrangement.ts';
import type { Network } from '../../transcription/network.ts';
import { decodeWindows } from './decode-windows.ts';
import { encodePrompts } from './encode-prompts.ts';
import { corrupt } from './encode-song.ts';
import { STEPS_A_BEAT, WINDOW_STEPS, type Window, type WrittenNote } from './windows.ts';

/** The networks follow bars of four quarters. */
const BAR_STEPS = 4 * STEPS_A_BEAT;

/**
 * Writes windows one after the other, each in the score texture of what was written a bar earlier: stage 3b of the
 * publication. The first window and those behind a bar of other than four quarters keep the score texture that they have.
 *
 * @param latents `windows × size`, the score texture last; where a window follows, that part holds how many deviations it
 *   lies off the mean, and is overwritten
 * @param scoreAt where the score texture begins in a window's latents
 * @throws SongleafError `model-corrupt`
 */
export async function followBars(
  latents: Float32Array,
  size: number,
  scoreAt: number,
  windows: readonly Window[],
  encoder: Network,
  decoder: Network,
): Promise<WrittenNote[][]> {
  const written: WrittenNote[][] = [];
  for (const [row, window] of windows.entries()) {
    const own = latents.subarray(row * size, (row + 1) * size);
    const before = windows[row - 1];
    if (before && isBarAhead(before, window)) {
      const score = toScore(written[row - 1]);
      const { mean, deviation } = await encodePrompts(score, [window], false, encoder);
      if (mean.length !== size - scoreAt) throw corrupt();
      for (const [i, value] of mean.entries()) {
        own[scoreAt + i] = value + deviation[i] * own[scoreAt + i];
      }
    }
    written.push(...(await decodeWindows(own, size, decoder)));
  }
  return written;
}

function isBarAhead(before: Window, window: Window): boolean {
  return before.to - before.from === BAR_STEPS && window.first - before.first === BAR_STEPS;
}

/** A window's notes as music that is followed from its first step. */
function toScore(notes: readonly WrittenNote[]): TextureScore {
  return {
    title: '',
    steps: WINDOW_STEPS,
    bars: [0],
    notes: notes.map(({ step, pitch, length }) => [step, pitch, length]),
  };
}
