import * as z from 'zod';

/** A copy of the library's database: songs, analyses, corrections and takes, not the recordings. */
export const backupSchema = z.strictObject({
  /** Counts up; the newest has the highest. */
  number: z.int().min(1),
  /** Milliseconds since 1970. */
  writtenAt: z.number(),
  bytes: z.int().min(0),
  /** What it holds; null where it cannot be read. */
  songs: z.int().min(0).nullable(),
  takes: z.int().min(0).nullable(),
});
export type Backup = z.infer<typeof backupSchema>;
