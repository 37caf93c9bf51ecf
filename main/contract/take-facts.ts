import * as z from 'zod';
import { keySchema } from './analysis.ts';
import { levelSchema } from './level.ts';

const shareSchema = z.number().min(0).max(1);
const amountSchema = z.number().min(0).max(100_000);

/** What one hand of a take has to do. */
const handFactsSchema = z.strictObject({
  /** Semitones from the lowest to the highest note that is held at an onset: the most, and what one in twenty exceeds. */
  widest: amountSchema,
  span: amountSchema,
  /** Mean of the notes held at an onset. */
  notes: amountSchema,
  /** Semitones a second that the hand has to move at least, an octave lying under it. */
  leap: amountSchema,
});
export type HandFacts = z.infer<typeof handFactsSchema>;

/** Quality and difficulty of a take, measured when it is written. Shares from 0 to 1. */
export const takeFactsSchema = z.strictObject({
  /** How close the take is to the recording; null where too little of it was heard. */
  closeness: z.strictObject({
    /** Cosine of the pitch classes that sound in take and recording, mean over beats. */
    chroma: shareSchema.nullable(),
    /** F-measure of the steps of the grid where take and recording begin a note. */
    onsets: shareSchema.nullable(),
  }),
  /** Over the time from the first onset to the end of the last note. */
  density: z.strictObject({
    notesPerSecond: amountSchema,
    onsetsPerSecond: amountSchema,
    notesPerOnset: amountSchema,
  }),
  hands: z.strictObject({ left: handFactsSchema, right: handFactsSchema }),
  /** Onsets a beat that are off it, those on an eighth (or a third of a beat) counted half. */
  rhythm: amountSchema,
  /** Notes a bar outside the key's scale. */
  accidentals: amountSchema,
  /** Share of the bars with accompaniment whose pattern an earlier bar has had. */
  repetition: shareSchema,
  /** From 1 to 9, higher with every number above; the level whose takes usually lie nearest. */
  difficulty: z.strictObject({ grade: z.number().min(1).max(9), level: levelSchema }),
  /**
   * At level easy a key with fewer signs, to be offered: nothing follows it by itself, because the recording would then
   * have to be shifted as well. Null where there is nothing to offer.
   */
  easierKey: z
    .strictObject({ semitones: z.int().min(-6).max(6), ...keySchema.pick({ tonic: true, mode: true }).shape })
    .nullable(),
});
export type TakeFacts = z.infer<typeof takeFactsSchema>;
