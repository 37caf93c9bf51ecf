import * as z from 'zod';

/** How a take is put on paper. One object for the window, the terminal and the tests, with one set of defaults. */
export const scoreOptionsSchema = z.strictObject({
  /** Semitones up (positive) or down. */
  transpose: z.int().min(-11).max(11).default(0),
  /** Melody with chord symbols as a part of its own above the piano, which goes on playing it. */
  leadSheet: z.boolean().default(false),
  /** That part alone, without the piano. */
  leadSheetAlone: z.boolean().default(false),
  /** Repeat signs and endings where two passages are the same to the note. */
  repeats: z.boolean().default(false),
  /** Pedal lines that change with the harmony. */
  pedal: z.boolean().default(false),
  /** Dynamics of the sections, where the take knows how loud the recording is. */
  dynamics: z.boolean().default(true),
  /** Fingers over and under the notes of takes of level easy. */
  fingering: z.boolean().default(false),
  /** Notes half as large again. */
  largePrint: z.boolean().default(false),
  /** A hint for programs that lay out pages; 0 leaves it to them. */
  barsPerSystem: z.int().min(0).max(16).default(4),
});
export type ScoreOptions = z.infer<typeof scoreOptionsSchema>;

export const defaultScoreOptions: ScoreOptions = scoreOptionsSchema.parse({});
