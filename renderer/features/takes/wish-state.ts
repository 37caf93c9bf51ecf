import { create } from 'zustand';
import type { Texture } from '../../../main/contract/arrangement.ts';
import type { Settings } from '../../../main/contract/settings.ts';
import { defaultSettings, type TakeWish } from '../../state/settings.ts';

/** What of the song is written: all of it, some bars alone, or all but some bars of the take that sounds. */
export const scopes = ['all', 'passage', 'keep'] as const;
export type Scope = (typeof scopes)[number];

export const MOST_AT_ONCE = 8;

export interface Wishes {
  wish: TakeWish;
  scope: Scope;
  /** Bars of the scope, counted from 1 as people do. */
  first: number;
  last: number;
  count: number;
  /** Wishes as the person likes new takes to be. */
  begin: (takes: Settings['takes']) => void;
  change: (change: Partial<Omit<Wishes, 'begin' | 'change' | 'ask' | 'lean'>>) => void;
  ask: (change: Partial<TakeWish>) => void;
  /** Null: the song decides. */
  lean: (name: keyof Texture, value: number | null) => void;
}

/** How the next takes shall be; kept while the window is open. */
export const useWishes = create<Wishes>()((set) => ({
  wish: plainWish({}),
  scope: 'all',
  first: 1,
  last: 8,
  count: 1,
  begin: (takes) => set({ wish: plainWish(takes) }),
  change: (change) => set(change),
  ask: (change) => set((state) => ({ wish: { ...state.wish, ...change } })),
  lean: (name, value) =>
    set((state) => {
      const { [name]: _old, ...rest } = state.wish.texture ?? {};
      return { wish: { ...state.wish, texture: value === null ? rest : { ...rest, [name]: value } } };
    }),
}));

function plainWish(takes: Partial<Settings['takes']>): TakeWish {
  const { seed: _seed, ...wish } = { ...defaultSettings, ...takes };
  return wish;
}

/** What of a texture the arranger follows. */
function followed(model: TakeWish['model'], texture: Texture = {}): Texture {
  if (model === 'songleaf') return texture;
  return model === 'a2s' && texture.freedom !== undefined ? { freedom: texture.freedom } : {};
}

/** The wish as it is asked for: without what its model does not follow, and with the passage. */
export function settleWish({ wish: wished, scope, first, last }: Wishes): TakeWish {
  const { texture, style, joins, ...plain } = wished;
  const asked = followed(plain.model, texture);
  const follows = plain.model === 'songleaf' || plain.model === 'a2s';
  const isOther = style?.kind === 'chance' || style?.kind === 'score';
  return {
    ...plain,
    ...(Object.keys(asked).length > 0 ? { texture: asked } : {}),
    ...(follows && isOther ? { style } : {}),
    ...(joins && plain.model === 'a2s' ? { joins } : {}),
    ...(scope === 'passage' ? { passage: { first: first - 1, last: last - 1 } } : {}),
  };
}
