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

/** The same defaults as the terminal's: the contract's. */
export const defaultSettings: ArrangeSettings = arrangeSettingsSchema.parse({});

export const models: readonly ModelName[] = modelNames;
export const levels: readonly Level[] = levelSchema.options;
export const melodyModes: readonly MelodyMode[] = melodyModeSchema.options;

/** Settings of a take that is not there yet: asked for again with the same choices, it gets the next seed. */
export function nextSettings(
  chosen: Pick<ArrangeSettings, 'model' | 'level' | 'melody'>,
  takes: readonly Take[],
): ArrangeSettings {
  const seeds = takes
    .map(({ settings }) => settings)
    .filter(
      ({ model, level, melody }) =>
        model === chosen.model && level === chosen.level && melody === chosen.melody,
    )
    .map(({ seed }) => seed);
  const { model, level, melody } = chosen;
  return { model, level, melody, seed: seeds.length === 0 ? defaultSettings.seed : Math.max(...seeds) + 1 };
}
