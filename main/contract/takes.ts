import * as z from 'zod';
import { keySchema } from './analysis.ts';
import { roleSchema } from './arrangement.ts';
import { durationSchema, pitchSchema, tickSchema } from './grid.ts';
import { takeFactsSchema } from './take-facts.ts';

const takeId = z.string().min(1).max(200);
const barIndex = z.int().min(0).max(200_000);

/** Bars of a take, both ends included, counted from 0. */
export const takeBarsSchema = z
  .strictObject({ first: barIndex, last: barIndex })
  .refine(({ first, last }) => first <= last, 'the first bar comes before the last');
export type TakeBars = z.infer<typeof takeBarsSchema>;

/** Bars that a comp plays from one take. */
export const takePickSchema = z.strictObject({ takeId, first: barIndex, last: barIndex });
export type TakePick = z.infer<typeof takePickSchema>;

/** All bars of a song, in order, each from the take that a person liked best there. */
export const takePicksSchema = z.array(takePickSchema).min(1).max(10_000);

/** How a take came to be that was not simply arranged. */
export const takeOriginSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('comp'), picks: takePicksSchema }),
  /** Some bars of another take were written again. */
  z.strictObject({
    kind: z.literal('roll'),
    takeId,
    bars: z.array(barIndex).min(1).max(200_000),
    seed: z.int().min(0),
  }),
]);
export type TakeOrigin = z.infer<typeof takeOriginSchema>;

/** A note of a take, which is the only one that begins there on its key. */
export const noteNameSchema = z.strictObject({
  /** The melody's own staff, or the piano. */
  part: z.enum(['piano', 'lead']),
  start: tickSchema,
  pitch: pitchSchema,
});
export type NoteName = z.infer<typeof noteNameSchema>;

/** What a person can mend in a take, one gesture each. The rest belongs to notation software. */
export const takeEditSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('delete'), note: noteNameSchema }),
  z.strictObject({ kind: z.literal('move'), note: noteNameSchema, start: tickSchema, pitch: pitchSchema }),
  z.strictObject({ kind: z.literal('hold'), note: noteNameSchema, duration: durationSchema }),
]);
export type TakeEdit = z.infer<typeof takeEditSchema>;

/** A note of a take as it is shown and mended. */
export const shownNoteSchema = z.strictObject({
  part: z.enum(['piano', 'lead']),
  start: tickSchema,
  duration: durationSchema,
  pitch: pitchSchema,
  role: roleSchema,
  hand: z.enum(['left', 'right']),
});
export type ShownNote = z.infer<typeof shownNoteSchema>;

/** A take's notes and bars on the beat grid, to draw it small and to mend it. */
export const takeMusicSchema = z.strictObject({
  facts: takeFactsSchema,
  /** Notes that two hands cannot hold together with the others, after repairs. */
  beyondHands: z.int().min(0),
  /** Where each bar begins, and the step by which notes in it are moved. */
  bars: z.array(z.strictObject({ start: tickSchema, step: durationSchema })).min(1),
  end: tickSchema,
  /** The key that notes are named in. */
  key: keySchema.pick({ tonic: true, mode: true }),
  notes: z.array(shownNoteSchema),
  /** What would be taken back and done again. */
  undo: takeEditSchema.nullable(),
  redo: takeEditSchema.nullable(),
});
export type TakeMusic = z.infer<typeof takeMusicSchema>;

/** Takes that can be compared at once. */
export const MOST_COMPARED = 4;
export const comparedSchema = z.array(takeId).min(2).max(MOST_COMPARED);

/** Where takes differ. */
export const comparisonSchema = z.strictObject({
  /** For each bar, the share of its notes that not all of the takes have: 0 where they are the same. */
  differences: z.array(z.number().min(0).max(1)),
});
export type Comparison = z.infer<typeof comparisonSchema>;
