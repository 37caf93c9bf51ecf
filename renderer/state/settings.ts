import {
  type ArrangeSettings,
  arrangeSettingsSchema,
  type Level,
  levelSchema,
  type MelodyMode,
  type ModelName,
  melodyModeSchema,
  modelNames,
} from '../../main/contract/arrangement.ts';
import type { Take } from '../../main/contract/library.ts';
import type { Settings } from '../../main/contract/settings.ts';

/** The same defaults as the terminal's: the contract's. */
export const defaultSettings: ArrangeSettings = arrangeSettingsSchema.parse({});

/** The first take of a song, as the person likes new takes to be. */
export function firstTake(takes: Settings['takes']): ArrangeSettings {
  return { ...defaultSettings, ...takes };
}

/** Arrangers that are always there; `useModels` knows the others. */
export const usualModels: readonly ModelName[] = modelNames.filter((name) => name !== 'a2s');
export const levels: readonly Level[] = levelSchema.options;
export const melodyModes: readonly MelodyMode[] = melodyModeSchema.options;

/** How a take shall be, whatever its seed. */
export type TakeWish = Omit<ArrangeSettings, 'seed' | 'rolls'>;

/** Settings of a take that is not there yet: asked for again with the same choices, it gets the next seed. */
export function nextSettings(wish: TakeWish, takes: readonly Take[]): ArrangeSettings {
  const seeds = takes.filter(({ settings }) => sameWish(settings, wish)).map(({ settings }) => settings.seed);
  return { ...wish, seed: seeds.length === 0 ? defaultSettings.seed : Math.max(...seeds) + 1 };
}

/** Whether two takes were wished for alike. What was written again in one since does not matter. */
export function sameWish(one: TakeWish, other: TakeWish): boolean {
  const text = ({ model, level, melody, texture, style, joins, passage }: TakeWish) =>
    JSON.stringify([
      model,
      level,
      melody,
      Object.entries(texture ?? {}).sort(([a], [b]) => (a < b ? -1 : 1)),
      style ?? { kind: 'song' },
      joins ?? 'two-bar',
      passage ?? null,
    ]);
  return text(one) === text(other);
}
