import * as z from 'zod';
import { analysisSchema, chordQualitySchema, type Reading } from './analysis.ts';
import { beatUnitSchema, durationSchema, pitchClassSchema, pitchSchema, tickSchema } from './grid.ts';

const beatSchema = z.int().min(0).max(200_000);
const secondsSchema = z.number().min(0).max(1_000_000);
const labelSchema = z.string().trim().min(1).max(40);

/** A note of the melody as a person writes it. */
const writtenNoteSchema = z.strictObject({ start: tickSchema, duration: durationSchema, pitch: pitchSchema });

/**
 * What a person can set right in an analysis, one gesture each. Beats are named by their number from 0, chords, keys,
 * sections and notes by the tick at which they start.
 */
export const correctionSchema = z.discriminatedUnion('kind', [
  /** Twice as many beats. */
  z.strictObject({ kind: z.literal('double') }),
  /** Half as many; `first` is the first beat that stays, the one whose downbeats stay where left out. */
  z.strictObject({ kind: z.literal('halve'), first: z.int().min(0).max(1).optional() }),
  /** Bars begin so many beats later, earlier where negative. */
  z.strictObject({ kind: z.literal('shift'), beats: z.int().min(-15).max(15) }),
  /** Beats lie where a person tapped, from the first tap to the last; seconds of the recording. */
  z.strictObject({ kind: z.literal('tap'), times: z.array(secondsSchema).min(4).max(20_000) }),
  /** A bar begins at `beat`, and from there on bars have so many beats, up to the next metre set by hand. */
  z.strictObject({
    kind: z.literal('metre'),
    beat: beatSchema,
    beats: z.int().min(1).max(16),
    unit: beatUnitSchema,
  }),
  z.strictObject({ kind: z.literal('move-beat'), beat: beatSchema, time: secondsSchema }),
  z.strictObject({ kind: z.literal('add-beat'), time: secondsSchema }),
  z.strictObject({ kind: z.literal('remove-beat'), beat: beatSchema }),
  /** This chord sounds here; no chord where `root` is null. */
  z.strictObject({
    kind: z.literal('chord'),
    start: tickSchema,
    duration: durationSchema,
    root: pitchClassSchema.nullable(),
    quality: chordQualitySchema.nullable(),
    bass: pitchClassSchema.nullable(),
  }),
  /** The chord that starts at `from` starts at `to`. */
  z.strictObject({ kind: z.literal('chord-border'), from: tickSchema, to: tickSchema }),
  /** The key from the bar at `start` on up to the next key; of the whole song where `whole`. */
  z.strictObject({
    kind: z.literal('key'),
    start: tickSchema,
    tonic: pitchClassSchema,
    mode: z.enum(['major', 'minor']),
    whole: z.boolean(),
  }),
  /** `alike`: every section of the same name. */
  z.strictObject({
    kind: z.literal('section-name'),
    start: tickSchema,
    label: labelSchema,
    alike: z.boolean(),
  }),
  z.strictObject({ kind: z.literal('section-border'), from: tickSchema, to: tickSchema }),
  /** A section begins at the bar at `at`. */
  z.strictObject({ kind: z.literal('section-split'), at: tickSchema }),
  /** The section at `start` belongs to the one before it. */
  z.strictObject({ kind: z.literal('section-join'), start: tickSchema }),
  /** The note at `start` becomes another one; none where `note` is null. */
  z.strictObject({ kind: z.literal('note'), start: tickSchema, note: writtenNoteSchema.nullable() }),
  z.strictObject({ kind: z.literal('add-note'), note: writtenNoteSchema }),
]);
export type Correction = z.infer<typeof correctionSchema>;
export type CorrectionKind = Correction['kind'];
export type CorrectionOf<K extends CorrectionKind> = Extract<Correction, { kind: K }>;

/** A song's analysis with what can be taken back and done again. */
export const correctedSchema = z.strictObject({
  analysis: analysisSchema,
  /** Whether anything in it was set by hand. */
  edited: z.boolean(),
  /** Null where there is nothing to take back, or to do again. */
  undo: correctionSchema.nullable(),
  redo: correctionSchema.nullable(),
});
export type Corrected = z.infer<typeof correctedSchema>;

/** The correction that takes another reading of the beats. */
export function takeReading({ change, beats }: Reading): Correction {
  switch (change) {
    case 'double':
      return { kind: 'double' };
    case 'halve':
      return { kind: 'halve', first: beats === 1 ? 1 : 0 };
    case 'shift':
      return { kind: 'shift', beats };
  }
}
