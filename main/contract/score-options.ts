import * as z from 'zod';
import { pitchClassSchema } from './grid.ts';

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

/** A key that a take of level easy would be easier to read in: an offer, which somebody may take. */
export const easierKeySchema = z.strictObject({
  /** Semitones to transpose the take by. */
  semitones: z.int().min(-11).max(11),
  /** The key that it would begin in. */
  tonic: pitchClassSchema,
  mode: z.enum(['major', 'minor']),
});
export type EasierKey = z.infer<typeof easierKeySchema>;

export const defaultScoreOptions: ScoreOptions = scoreOptionsSchema.parse({});
