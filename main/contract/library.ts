import * as z from 'zod';
import { keySchema } from './analysis.ts';
import { arrangeSettingsSchema } from './arrangement.ts';
import { errorReportSchema } from './errors.ts';
import { takeFactsSchema } from './take-facts.ts';
import { takeOriginSchema } from './takes.ts';

/** A song's row in the library. `id` is the SHA-256 of the file's content: a file imported twice is one song. */
export const songSchema = z.strictObject({
  id: z.string().regex(/^[0-9a-f]{64}$/),
  path: z.string(),
  title: z.string(),
  artist: z.string(),
  album: z.string(),
  /** Seconds. */
  duration: z.number().min(0),
  addedAt: z.number(),
  analysed: z.boolean(),
  /** Beats a minute and the key that the song begins in; null where it has not been analysed. */
  bpm: z.number().nullable(),
  key: keySchema.pick({ tonic: true, mode: true }).nullable(),
  /** Whether a person has corrected the analysis. */
  edited: z.boolean(),
  takes: z.int().min(0),
  /** Set where the file has a cover; its picture is a medium (`media.ts`). */
  cover: z.literal(true).optional(),
  /** Set where the file is no longer where it was. */
  missing: z.literal(true).optional(),
});
export type Song = z.infer<typeof songSchema>;

/** Characters of a take's name. */
export const MOST_NAME = 120;

export const takeSchema = z.strictObject({
  id: z.string(),
  songId: z.string(),
  settings: arrangeSettingsSchema,
  engine: z.string(),
  createdAt: z.number(),
  noteCount: z.int().min(0),
  /** Null for takes of engines that did not measure them. */
  facts: takeFactsSchema.nullable(),
  /** Counts the song's takes, removed ones too, from 1. */
  number: z.int().min(1),
  /** What a person calls it; null where its settings name it. */
  name: z.string().min(1).max(MOST_NAME).nullable(),
  starred: z.boolean(),
  /** Null where it was arranged from the song. */
  origin: takeOriginSchema.nullable(),
  /** Repairs that a person made. */
  edits: z.int().min(0),
  /** Rises whenever its music changes. */
  revision: z.int().min(0),
});
export type Take = z.infer<typeof takeSchema>;

/** What an import did with each path, so that nothing is silently skipped. */
export const importResultSchema = z.strictObject({
  added: z.array(songSchema),
  known: z.array(songSchema),
  failed: z.array(z.strictObject({ path: z.string(), error: errorReportSchema })),
});
export type ImportResult = z.infer<typeof importResultSchema>;

/** What was found out about a song's file after the song was listed. */
export const songMarkSchema = z.strictObject({
  songId: z.string(),
  cover: z.boolean(),
  missing: z.boolean(),
});
export type SongMark = z.infer<typeof songMarkSchema>;

/** What a search for missing files found: songs that have theirs again, and how many are missing still. */
export const foundSongsSchema = z.strictObject({
  found: z.array(songSchema),
  missing: z.int().min(0),
});
export type FoundSongs = z.infer<typeof foundSongsSchema>;
