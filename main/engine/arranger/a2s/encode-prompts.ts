import type { TextureScore } from '../../../contract/arrangement.ts';
import type { Network } from '../../transcription/network.ts';
import { corrupt, type Gaussians, readGaussians } from './encode-song.ts';
import { WINDOW_STEPS, type Window } from './windows.ts';

const PITCHES = 128;
const ROLL = WINDOW_STEPS * PITCHES;

/**
 * The score texture of the bars that each window follows: the song's bar n that of the music's bar n, counted from its
 * first full bar and begun again behind its last. @throws SongleafError `model-corrupt`
 */
export async function encodePrompts(
  score: TextureScore,
  windows: readonly Window[],
  pickup: boolean,
  network: Network,
): Promise<Gaussians> {
  const count = score.bars.length;
  const rolls = new Float32Array(count * ROLL);
  for (let bar = 0; bar < count; bar++) layRoll(score, bar, rolls, bar * ROLL);
  const output = await network.run({ score: { data: rolls, shape: [count, WINDOW_STEPS, PITCHES] } });
  const { size, mean, deviation } = readGaussians([output], 'score', count);
  // What comes before the song's first bar has the music's last.
  const chosen = windows.map(({ bar }) => (bar + (pickup ? count - 1 : 0)) % count);
  if (mean.length !== count * size) throw corrupt();
  const pick = (values: Float32Array) => {
    const picked = new Float32Array(windows.length * size);
    for (const [row, bar] of chosen.entries()) {
      picked.set(values.subarray(bar * size, (bar + 1) * size), row * size);
    }
    return picked;
  };
  return { size, mean: pick(mean), deviation: pick(deviation) };
}

/** Eight beats of the music from a bar on, at whose end it begins again: lengths in steps at onsets. */
export function layRoll(score: TextureScore, bar: number, target: Float32Array, at: number): void {
  const first = score.bars[bar];
  for (const [step, pitch, length] of score.notes) {
    for (let from = (step - first + score.steps) % score.steps; from < WINDOW_STEPS; from += score.steps) {
      const cell = at + from * PITCHES + pitch;
      target[cell] = Math.max(target[cell], length);
    }
  }
}
