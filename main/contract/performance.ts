import * as z from 'zod';

/**
 * Seconds from a key's stroke until the sampled piano's attack is heard, by the rise of its spectrum: keys are struck so
 * much earlier, so that they sound on the recording's beats. Measured by cross-correlation of onset curves.
 */
export const PIANO_ATTACK = 0.008;

/** A take as it is played along with the recording; all times are seconds of the recording. */
export const performanceSchema = z.strictObject({
  /** Length of the recording. */
  seconds: z.number().min(0),
  /** The recording's deviation from A = 440 Hz. */
  cents: z.number(),
  /** Sorted by start. */
  notes: z.array(
    z.strictObject({
      start: z.number(),
      end: z.number(),
      pitch: z.int().min(0).max(127),
      velocity: z.int().min(1).max(127),
    }),
  ),
  /** The score's bars, in order and without gaps. */
  bars: z
    .array(
      z.strictObject({
        /** Its beats, and at last its end. */
        beats: z.array(z.number()).min(2),
        /** Beats of its time signature; more than it has in a pickup. */
        metreBeats: z.int().min(1),
      }),
    )
    .min(1),
});
export type Performance = z.infer<typeof performanceSchema>;

/** How loud things are, in LUFS (ITU-R BS.1770); null for silence. */
export const levelsSchema = z.strictObject({
  record: z.number().nullable(),
  piano: z.number().nullable(),
});
export type Levels = z.infer<typeof levelsSchema>;

/** How a person likes to hear one song. */
export const playerSettingsSchema = z.strictObject({
  /** 0: the recording alone, 1: the piano alone. */
  mix: z.number().min(0).max(1).default(0.5),
  /** Of the recording's own speed. */
  speed: z.number().min(0.5).max(1.5).default(1),
  /** What plays in the recording's place. */
  sound: z.enum(['record', 'vocals', 'accompaniment']).default('record'),
  metronome: z.boolean().default(false),
  countIn: z.boolean().default(false),
  /** First and last bar of the loop, counted from 0; null: to the end. */
  loop: z
    .strictObject({ first: z.int().min(0).max(200_000), last: z.int().min(0).max(200_000) })
    .nullable()
    .default(null),
  /** The loudspeakers that the song plays on; null: those of the system. */
  output: z
    .strictObject({ id: z.string().min(1).max(500), name: z.string().max(500) })
    .nullable()
    .default(null),
  /** Seconds of the recording where it was left. */
  position: z.number().min(0).max(1_000_000).default(0),
});
export type PlayerSettings = z.infer<typeof playerSettingsSchema>;
