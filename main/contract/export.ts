import * as z from 'zod';
import { keySchema } from './analysis.ts';
import { arrangeSettingsSchema } from './arrangement.ts';
import { audioFormats, audioMixSchema } from './audio.ts';
import { errorReportSchema } from './errors.ts';
import { scoreOptionsSchema } from './score-options.ts';

const id = z.string().min(1).max(200);
/** Takes or songs of one export. */
const MOST = 10_000;

/** What the engine writes of a take by itself. */
export const exportFormats = ['musicxml', 'mxl', 'mid', 'score.mid', 'jams'] as const;
export const exportFormatSchema = z.enum(exportFormats);
export type ExportFormat = z.infer<typeof exportFormatSchema>;

/** Pages, which only a browser can draw. */
export const pageFormats = ['pdf', 'svg'] as const;
export const pageFormatSchema = z.enum(pageFormats);
export type PageFormat = z.infer<typeof pageFormatSchema>;

/** Everything that a take can become. */
export const takeFormats = [...exportFormats, ...pageFormats, ...audioFormats] as const;
export const takeFormatSchema = z.enum(takeFormats);
export type TakeFormat = z.infer<typeof takeFormatSchema>;

/** Names of exported files where a person has not said otherwise; see `export-names.ts`. */
export const DEFAULT_NAMES = '{artist} - {title} - take {n}';

/** Which takes are meant. */
export const takeSelectionSchema = z.discriminatedUnion('of', [
  z.strictObject({ of: z.literal('takes'), takeIds: z.array(id).min(1).max(MOST) }),
  /** All takes of these songs. */
  z.strictObject({ of: z.literal('songs'), songIds: z.array(id).min(1).max(MOST) }),
  /** Those with a star, of all songs. */
  z.strictObject({ of: z.literal('starred') }),
]);
export type TakeSelection = z.infer<typeof takeSelectionSchema>;

/** A take with what its files may be named after. */
export const exportTakeSchema = z.strictObject({
  takeId: id,
  songId: id,
  title: z.string(),
  artist: z.string(),
  album: z.string(),
  /** The take's number. */
  n: z.int().min(1),
  /** What a person calls it; empty where they do not. */
  name: z.string(),
  /** Whether it is the song's newest. */
  newest: z.boolean(),
  starred: z.boolean(),
  settings: arrangeSettingsSchema.pick({ model: true, level: true, melody: true, seed: true }),
  bpm: z.number().nullable(),
  key: keySchema.pick({ tonic: true, mode: true }).nullable(),
});
export type ExportTake = z.infer<typeof exportTakeSchema>;

/** What is to be written. Where to, the shell asks the person. */
export const exportRequestSchema = z.strictObject({
  /** Names this export in what is told of it. */
  id: z.string().regex(/^[\w-]{1,64}$/),
  takeIds: z.array(id).min(1).max(MOST),
  formats: z.array(takeFormatSchema).min(1).max(takeFormats.length),
  mix: audioMixSchema.default('piano'),
  names: z.string().trim().min(1).max(300).default(DEFAULT_NAMES),
  /** How the takes are put on paper; left out, each as its song is read in the window. */
  options: scoreOptionsSchema.optional(),
});
export type ExportRequest = z.infer<typeof exportRequestSchema>;

/** How far an export is. */
export const exportProgressSchema = z.strictObject({
  id: z.string(),
  /** Files dealt with. */
  done: z.int().min(0),
  total: z.int().min(0),
  /** The file that is being made. */
  name: z.string(),
});
export type ExportProgress = z.infer<typeof exportProgressSchema>;

/** What became of each file: nothing is skipped in silence. */
export const exportResultSchema = z.strictObject({
  id: z.string(),
  /** Names as they were written. */
  written: z.array(z.string()),
  failed: z.array(z.strictObject({ name: z.string(), error: errorReportSchema })),
  cancelled: z.boolean(),
  /** The folder's name, where the files lie in a folder that the person chose. */
  folder: z.string().nullable(),
  /** Where a browser fetches them. */
  download: z.string().nullable(),
});
export type ExportResult = z.infer<typeof exportResultSchema>;
