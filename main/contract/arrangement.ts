import * as z from 'zod';
import { chordSchema, keySchema, metreSchema, sectionSchema, songInfoSchema } from './analysis.ts';
import { barUnitSchema, durationSchema, pitchSchema, tickSchema } from './grid.ts';
import { levelSchema } from './level.ts';
import { takeFactsSchema } from './take-facts.ts';

export { type Level, levelSchema } from './level.ts';

export const modelNames = ['songleaf', 'a2s', 'reduction', 'chords'] as const;
export const modelNameSchema = z.enum(modelNames);
export type ModelName = z.infer<typeof modelNameSchema>;

/** `include`: melody on top of the piano; `omit`: accompaniment to sing over; `staff`: melody on a staff of its own. */
export const melodyModeSchema = z.enum(['include', 'omit', 'staff']);
export type MelodyMode = z.infer<typeof melodyModeSchema>;

/** From much less (-2) to much more (2) than pianists do on the mean; left out, the song decides, which is neutral. */
const leaningSchema = z.number().min(-2).max(2);

/**
 * What a player asks of a take's texture, also against other music that it follows. Only `songleaf` follows it; `a2s`
 * follows `freedom`.
 */
export const textureSchema = z.strictObject({
  /** Notes a beat. */
  density: leaningSchema.optional(),
  /** How high the accompaniment lies. */
  register: leaningSchema.optional(),
  /** Onsets a beat. */
  drive: leaningSchema.optional(),
  /** How near the take stays to the notes of the record. */
  closeness: leaningSchema.optional(),
  /** How much chance has a say, 0 to 1: at 0 all seeds give the same take. */
  freedom: z.number().min(0).max(1).optional(),
});
export type Texture = z.infer<typeof textureSchema>;

/** How much chance has a say, 0 to 1, in takes beyond the first where nobody says. */
export const USUAL_FREEDOM = 0.75;

export const MAX_SEED = 0xffff_ffff;
const seedSchema = z.int().min(0).max(MAX_SEED);

/** Bars and notes of the music whose texture is followed: enough to tell it, and a take stays small. */
export const MOST_MODEL_BARS = 64;
export const MOST_MODEL_NOTES = 2048;
const MOST_MODEL_STEPS = 4096;

/** Bars whose texture a take follows, on sixteenths; begun again where the song is longer. */
export const textureScoreSchema = z
  .strictObject({
    /** What the music is called. */
    title: z.string().max(200),
    /** Sixteenths altogether. */
    steps: z.int().min(1).max(MOST_MODEL_STEPS),
    /** Sixteenths at which bars begin, rising from 0. */
    bars: z.array(z.int().min(0).max(MOST_MODEL_STEPS)).min(1).max(MOST_MODEL_BARS),
    /** Sixteenth, MIDI pitch, length in sixteenths. */
    notes: z
      .array(
        z.tuple([
          z
            .int()
            .min(0)
            .max(MOST_MODEL_STEPS - 1),
          z.int().min(0).max(127),
          z.int().min(1).max(32),
        ]),
      )
      .min(1)
      .max(MOST_MODEL_NOTES),
  })
  .refine(
    ({ bars, steps }) => bars.every((bar, i) => (i === 0 ? bar === 0 : bar > bars[i - 1]) && bar < steps),
    { error: 'Bars have to begin at 0 and rise.' },
  )
  .refine(({ notes, steps }) => notes.every(([step]) => step < steps), {
    error: 'A note lies behind the last bar.',
  });
export type TextureScore = z.infer<typeof textureScoreSchema>;

const songStyleSchema = z.strictObject({ kind: z.literal('song') });
const chanceStyleSchema = z.strictObject({ kind: z.literal('chance') });
const scoreStyleSchema = z.strictObject({ kind: z.literal('score'), score: textureScoreSchema });

/** One of the ends between which a take lies: what the texture of another take of the song was made from. */
export const morphEndSchema = z.strictObject({
  seed: seedSchema,
  freedom: z.number().min(0).max(1),
  style: z.discriminatedUnion('kind', [songStyleSchema, chanceStyleSchema, scoreStyleSchema]),
});
export type MorphEnd = z.infer<typeof morphEndSchema>;

/**
 * Where the texture comes from: `song`, what was heard (also where left out); `chance`, drawn anew for each section of
 * each seed, so that takes differ more; `score`, that of other music; `morph`, between those of two takes. Only
 * `songleaf` and `a2s` follow them.
 */
export const styleSchema = z.discriminatedUnion('kind', [
  songStyleSchema,
  chanceStyleSchema,
  scoreStyleSchema,
  z.strictObject({
    kind: z.literal('morph'),
    from: morphEndSchema,
    to: morphEndSchema,
    /** 0: all `from`, 1: all `to`. */
    share: z.number().min(0).max(1),
  }),
]);
export type Style = z.infer<typeof styleSchema>;

/**
 * How the windows of two bars that `a2s` writes become a song: both bars of every second window, the first bar of a
 * window that begins with each bar, of such windows the bars that go together best, or bar by bar, each in the texture
 * of the one before (unless another texture is asked for).
 */
export const joinsSchema = z.enum(['two-bar', 'first-bar', 'smooth', 'following']);
export type Joins = z.infer<typeof joinsSchema>;

const barIndexSchema = z.int().min(0).max(199_999);

/** Bars from the first to the last, both of them in it, counted from 0. */
export const barSpanSchema = z
  .strictObject({ first: barIndexSchema, last: barIndexSchema })
  .refine(({ first, last }) => first <= last, { error: 'The last bar lies before the first.' });
export type BarSpan = z.infer<typeof barSpanSchema>;

/** Bars of a take, counted from its first as 0, that were written again with a seed of their own. */
export const rollSchema = z.strictObject({
  bars: z.array(barIndexSchema).min(1).max(10_000),
  seed: seedSchema,
});
export type Roll = z.infer<typeof rollSchema>;
export const MOST_ROLLS = 200;

/** One object for the window, the terminal and the tests, with one set of defaults. */
export const arrangeSettingsSchema = z.strictObject({
  model: modelNameSchema.default('songleaf'),
  level: levelSchema.default('full'),
  melody: melodyModeSchema.default('include'),
  seed: seedSchema.default(1),
  texture: textureSchema.optional(),
  style: styleSchema.optional(),
  /** `two-bar` where left out. */
  joins: joinsSchema.optional(),
  /** Bars of the song that are arranged alone; all of them where left out. */
  passage: barSpanSchema.optional(),
  /** What was written again since, in order. */
  rolls: z.array(rollSchema).max(MOST_ROLLS).optional(),
});
export type ArrangeSettings = z.infer<typeof arrangeSettingsSchema>;

export const roleSchema = z.enum(['melody', 'inner', 'bass']);
export type Role = z.infer<typeof roleSchema>;

export const arrangedNoteSchema = z.strictObject({
  start: tickSchema,
  duration: durationSchema,
  pitch: pitchSchema,
  /** 1-127, as performed. */
  velocity: z.int().min(1).max(127),
  role: roleSchema,
});
export type ArrangedNote = z.infer<typeof arrangedNoteSchema>;

const beatsSchema = z.int().min(1).max(64);
export const timeSignatureSchema = z.strictObject({
  beats: beatsSchema,
  beatType: z.union([z.literal(1), z.literal(2), z.literal(4), z.literal(8), z.literal(16), z.literal(32)]),
  /** Printed as a sum. */
  groups: z.array(beatsSchema).min(2).max(16).optional(),
});

/** A bar of the song. Bars are contiguous; the first is shorter than its metre where the song starts with a pickup. */
export const barSchema = z.strictObject({
  start: tickSchema,
  /** Beats that the bar holds. */
  beats: z.int().min(1).max(16),
  /** Beats of its time signature; more than `beats` in a pickup. */
  metreBeats: z.int().min(1).max(16),
  unit: barUnitSchema,
  /** The time signature where beats and unit do not say it, as 2/2 or 4/8, and the groups of its beats, as 2+3. */
  signature: timeSignatureSchema.optional(),
});
export type Bar = z.infer<typeof barSchema>;

export const ARRANGEMENT_VERSION = 1;

/**
 * One take: notes on the beat grid with what the score, the player and the exports need. Staff, voice and spelling
 * are not here: the score decides them. Notes are sorted by start, then pitch; no two notes of one pitch overlap.
 */
export const arrangementSchema = z.strictObject({
  format: z.literal('songleaf-arrangement'),
  version: z.literal(ARRANGEMENT_VERSION),
  engine: z.string().max(40),
  song: songInfoSchema,
  settings: arrangeSettingsSchema,
  /** Seconds of beat i in the recording; one more entry than the arrangement has beats (the end of the last). */
  beatTimes: z.array(z.number().min(0)).min(2).max(200_001),
  /** Median beats per minute. */
  bpm: z.number().min(10).max(400),
  bars: z.array(barSchema).min(1).max(200_000),
  metres: z.array(metreSchema.extend({ unit: barUnitSchema })).min(1),
  keys: z.array(keySchema).min(1),
  chords: z.array(chordSchema),
  sections: z.array(sectionSchema),
  /** How loud the recording is at each beat, in dB against its median; absent where nothing was heard of it. */
  loudness: z.array(z.number().min(-100).max(100)).max(200_000).optional(),
  /** The piano's notes. */
  notes: z.array(arrangedNoteSchema).max(1_000_000),
  /** The melody's own staff, where `settings.melody` is `staff`; empty otherwise. */
  lead: z.array(arrangedNoteSchema).max(200_000),
  /** Absent in takes of engines that did not measure them. */
  facts: takeFactsSchema.optional(),
});
export type Arrangement = z.infer<typeof arrangementSchema>;
