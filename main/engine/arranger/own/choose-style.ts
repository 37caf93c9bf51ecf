import type { MorphEnd, Style, TextureScore } from '../../../contract/arrangement.ts';
import { type NetworkOptions, withNetwork } from '../../transcription/network.ts';
import type { Song } from '../song.ts';
import { followTexture } from './follow-texture.ts';
import type { Step } from './steps.ts';
import { blendStyles, drawTexture, emptyStyle } from './style.ts';

/** The texture of the take that is written as the song's own, with a seed and freedom. */
export type TextureOf = (end: Pick<MorphEnd, 'seed' | 'freedom'>) => Promise<TextureScore>;

/**
 * What the network is told of a take's style: nothing for the song's own, a latent drawn by chance, the texture of other
 * music, or what lies between two of these. The end of a morph that has the song's own texture tells that of its notes.
 * @returns `steps × STYLE_VALUES`
 * @throws SongleafError `model-missing`, `model-corrupt`, and what `textureOf` throws
 */
export async function chooseStyle(
  style: Style,
  song: Song,
  steps: readonly Step[],
  networks: NetworkOptions,
  textureOf: TextureOf,
): Promise<Float32Array> {
  const follow = (score: TextureScore) =>
    withNetwork('arranger-style', networks, (network) => followTexture(score, song.grid, steps, network));
  const tell = async ({ style: told, seed }: Omit<MorphEnd, 'freedom'>): Promise<Float32Array> => {
    if (told.kind === 'score') return await follow(told.score);
    const empty = emptyStyle(steps.length);
    if (told.kind === 'chance') drawTexture(empty, seed, song, steps);
    return empty;
  };
  if (style.kind !== 'morph') return await tell({ style, seed: song.settings.seed });
  const tellEnd = async (end: MorphEnd) => {
    if (end.style.kind === 'song') return await follow(await textureOf(end));
    // Without freedom a take is the same for all seeds.
    return await tell(end.freedom === 0 ? { ...end, seed: 0 } : end);
  };
  return blendStyles(await tellEnd(style.from), await tellEnd(style.to), style.share);
}
