import type { Arrangement, ArrangeSettings, ModelName, MorphEnd } from '../../../contract/arrangement.ts';
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
 * How a take is written that lies between two of the same song: `share` 0 is the first's texture, 1 the second's. `a2s`
 * writes it where one of the two is its, else `songleaf`. A take of the arranger that writes is gone back to by what its
 * texture was drawn from or followed; of any other, and of one that lies between two itself or was rolled in part, the
 * texture of its notes is followed. Level, melody and passage are the first's.
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
  const model = [one, other].some(({ settings }) => settings.model === 'a2s') ? 'a2s' : 'songleaf';
  return {
    model,
    ...{ level, melody, seed: 1 },
    ...(passage ? { passage } : {}),
    style: { kind: 'morph', from: endOf(first, model), to: endOf(second, model), share },
  };
}

function endOf({ arrangement, byNotes = false }: MorphTake, writer: ModelName): MorphEnd {
  const { settings } = arrangement;
  const { model, seed, style = { kind: 'song' }, rolls = [] } = settings;
  const isWhole = !byNotes && model === writer && rolls.length === 0;
  if (!isWhole || style.kind === 'morph' || (model === 'songleaf' && !tellsAll(settings))) {
    return { seed: 1, freedom: 0, style: { kind: 'score', score: cutTexture(arrangement) } };
  }
  return { seed, freedom: usualFreedom(settings), style };
}

/** Whether other music is all that a take's texture follows: neither what was heard nor what a player asked for. */
function tellsAll({ style, texture = {} }: ArrangeSettings): boolean {
  const { freedom: _, ...leanings } = texture;
  return style?.kind === 'score' && Object.values(leanings).every((value) => value === undefined);
}
