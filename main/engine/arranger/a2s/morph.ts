import type { Arrangement, ArrangeSettings, MorphEnd } from '../../../contract/arrangement.ts';
import { SongleafError } from '../../../contract/errors.ts';
import { usualFreedom } from './a2s-model.ts';
import { cutTexture } from './cut-texture.ts';

/**
 * How a take is written that lies between two of the same song: `share` 0 is the first's texture, 1 the second's. A take
 * of `a2s` is gone back to by what its texture was drawn from; of any other, and of one that lies between two itself, the
 * texture of its notes is followed. Level, melody and passage are the first's.
 * @throws SongleafError `bad-request` for takes of different songs, or without accompaniment
 */
export function morphSettings(one: Arrangement, other: Arrangement, share: number): ArrangeSettings {
  if (one.song.hash !== other.song.hash) {
    throw new SongleafError(
      'bad-request',
      `“${one.song.title}” and “${other.song.title}” are two songs.`,
      'Choose two takes of one song.',
    );
  }
  const { level, melody, passage } = one.settings;
  return {
    model: 'a2s',
    ...{ level, melody, seed: 1 },
    ...(passage ? { passage } : {}),
    style: { kind: 'morph', from: endOf(one), to: endOf(other), share },
  };
}

function endOf(take: Arrangement): MorphEnd {
  const { model, seed, style = { kind: 'song' } } = take.settings;
  if (model !== 'a2s' || style.kind === 'morph') {
    return { seed: 1, freedom: 0, style: { kind: 'score', score: cutTexture(take) } };
  }
  return { seed, freedom: usualFreedom(take.settings), style };
}
