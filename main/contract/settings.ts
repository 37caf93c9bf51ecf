import * as z from 'zod';
import { arrangeSettingsSchema } from './arrangement.ts';
import { deviceChoices } from './devices.ts';
import { separateModeSchema } from './separation.ts';

/** Languages of the window, as BCP 47 tags. */
export const languages = ['en', 'de', 'es'] as const;
export type Language = (typeof languages)[number];

export const themes = ['system', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

/** What a person has set for this library, kept beside it. */
export const settingsSchema = z.strictObject({
  language: z.enum(['system', ...languages]).default('system'),
  theme: z.enum(themes).default('system'),
  /** Where the networks run, unless whoever started Songleaf named a device. */
  device: z.enum(deviceChoices).default('auto'),
  /** CPU threads of the networks; 0: the runtime's choice. */
  threads: z.int().min(0).max(64).default(0),
  /** What a take is like before anybody chooses; seed, passage and bars written again belong to one take. */
  takes: arrangeSettingsSchema.omit({ seed: true, passage: true, rolls: true }).prefault({}),
  separate: separateModeSchema.default('auto'),
  /** Whether a song that is added gets a first take by itself. */
  arrangeNew: z.boolean().default(true),
  /** Whether long work that ends is told outside the window. */
  notify: z.boolean().default(true),
  /** Whether quitting amid work asks first. */
  askBeforeQuit: z.boolean().default(true),
});
export type Settings = z.infer<typeof settingsSchema>;

/** What was in sight when the window was last open. Names that a window does not know are ignored by it. */
export const viewStateSchema = z.strictObject({
  songId: z.string().max(200).nullable().default(null),
  /** The main part of the window. */
  place: z.string().max(40).default('library'),
  /** What of the song. */
  songView: z.string().max(40).default('score'),
  /** The list's order, whether that is turned round, and whether the list is a table over the whole window. */
  order: z.string().max(40).default('added'),
  descending: z.boolean().default(false),
  wide: z.boolean().default(false),
});
export type ViewState = z.infer<typeof viewStateSchema>;
