import type { Arrangement, ArrangeSettings, MorphEnd } from '../../../contract/arrangement.ts';
import { SongleafError } from '../../../contract/errors.ts';
import { usualFreedom } from '../usual-freedom.ts';
import { cutTexture } from './cut-texture.ts';

/** A take to write between. */
export interface MorphTake {
  arrangement: Arrangement;
  /** Whether its notes count rather than its settings: it was put together or mended. */
  byNotes?: boolean;
}

/**
 * How a take is written that lies between two of the same song: `share` 0 is the first's texture, 1 the second's. A take
 * of `a2s` is gone back to by what its texture was drawn from; of any other, and of one that lies between two itself or
 * was rolled in part, the texture of its notes is followed. Level, melody and passage are the first's.
 * @throws SongleafError `bad-request` for takes of different songs, or without accompaniment
 */
export function morphSettings(first: MorphTake, second: MorphTake, share: number): ArrangeSettings {
  const [one, other] = [first.arrangement, second.arrangement];
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
    style: { kind: 'morph', from: endOf(first), to: endOf(second), share },
  };
}

function endOf({ arrangement, byNotes = false }: MorphTake): MorphEnd {
  const { model, seed, style = { kind: 'song' }, rolls = [] } = arrangement.settings;
  if (byNotes || model !== 'a2s' || style.kind === 'morph' || rolls.length > 0) {
    return { seed: 1, freedom: 0, style: { kind: 'score', score: cutTexture(arrangement) } };
  }
  return { seed, freedom: usualFreedom(arrangement.settings), style };
}
