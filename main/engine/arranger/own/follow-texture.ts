import type { TextureScore } from '../../../contract/arrangement.ts';
import { SongleafError } from '../../../contract/errors.ts';
import { KEYS } from '../../transcription/evidence.ts';
import type { Network } from '../../transcription/network.ts';
import { joinFloats } from '../join-floats.ts';
import type { SongGrid } from '../song-grid.ts';
import {
  countBeats,
  layPassage,
  listOnsets,
  PASSAGE_STEPS,
  type Passage,
  PLACE_VALUES,
  ROLLS,
} from './lay-passage.ts';
import { measureSettings } from './measure-settings.ts';
import type { Step } from './steps.ts';
import { emptyStyle, LATENT, tellLatent, tellSettings } from './style.ts';

/** Bars that share what they are told, as many as the network was told of at once in 4/4. */
const BLOCK_BARS = 8;

/**
 * Tells every step the texture of other music: the latent that the network `arranger-style` finds in it, and density,
 * register and drive as measured. The song's full bars n to n + 7, n a multiple of eight, are told of the passage that
 * begins with the music's bar n, counted on from its first where it has fewer; a pickup is told what the first bar is.
 * @returns style, `steps × STYLE_VALUES`
 * @throws SongleafError `model-corrupt`
 */
export async function followTexture(
  score: TextureScore,
  { bars }: SongGrid,
  steps: readonly Step[],
  network: Network,
): Promise<Float32Array> {
  const pickup = bars.length > 1 && bars[0].beats < bars[0].metreBeats ? 1 : 0;
  const rows = new Map<string, number>();
  const passages: Passage[] = [];
  const chosen = steps.map(({ bar, division }) => {
    const block = Math.floor(Math.max(0, bar - pickup) / BLOCK_BARS);
    const first = (block * BLOCK_BARS) % score.bars.length;
    const { unit } = bars[bar];
    const name = `${first} ${division} ${unit}`;
    const known = rows.get(name);
    if (known !== undefined) return known;
    rows.set(name, passages.length);
    return passages.push(layPassage(score, first, division, unit)) - 1;
  });
  const latents = await readLatents(passages, network);
  const settings = passages.map((passage) => measureSettings(listOnsets(passage), countBeats(passage)));
  const style = emptyStyle(steps.length);
  for (const [t, row] of chosen.entries()) {
    tellLatent(style, t, latents.mean.subarray(row * LATENT, (row + 1) * LATENT));
    tellSettings(style, t, settings[row]);
  }
  return style;
}

/** Means and log deviations of passages' latents, `passages × LATENT`. @throws SongleafError `model-corrupt` */
export async function readLatents(
  passages: readonly Passage[],
  network: Network,
): Promise<{ mean: Float32Array; logDeviation: Float32Array }> {
  const count = passages.length;
  const { mean, log_deviation: logDeviation } = await network.run({
    rolls: {
      data: joinFloats(passages.map(({ rolls }) => rolls)),
      shape: [count, ROLLS, PASSAGE_STEPS, KEYS],
    },
    place: {
      data: joinFloats(passages.map(({ place }) => place)),
      shape: [count, PASSAGE_STEPS, PLACE_VALUES],
    },
  });
  if (mean?.length !== count * LATENT || logDeviation?.length !== mean.length) {
    throw new SongleafError(
      'model-corrupt',
      'The arranger’s network told no texture.',
      'Install Songleaf again.',
    );
  }
  return { mean, logDeviation };
}
