import * as z from 'zod';
import {
  beatUnitSchema,
  confidenceSchema,
  durationSchema,
  pitchClassSchema,
  pitchSchema,
  tickSchema,
} from './grid.ts';

/** Set where a person said so rather than Songleaf: what is found again leaves it alone. */
const byHandSchema = z.literal(true).optional();

/** One beat of the recording. Beats are in order, at least 0.1 s apart. */
export const beatSchema = z.strictObject({
  /** Seconds from the start of the recording. */
  time: z.number().min(0),
  /** 1 = downbeat. Counts the beats of the bar. */
  position: z.int().min(1).max(16),
  confidence: confidenceSchema,
  byHand: byHandSchema,
});
export type Beat = z.infer<typeof beatSchema>;

/** A metre holds from the bar that starts at `start` until the next metre. */
export const metreSchema = z.strictObject({
  start: tickSchema,
  beats: z.int().min(1).max(16),
  unit: beatUnitSchema,
  confidence: confidenceSchema,
  byHand: byHandSchema,
});
export type Metre = z.infer<typeof metreSchema>;

/** Another way to read the beats that were found, for a person to choose. */
export const readingSchema = z.strictObject({
  /** `shift`: bars begin `beats` beats later. */
  change: z.enum(['double', 'halve', 'shift']),
  beats: z.int().min(0).max(15),
  /** Probability of this reading; those of all readings and of the one taken add up to 1. */
  likelihood: confidenceSchema,
});
export type Reading = z.infer<typeof readingSchema>;

/** Chord qualities Songleaf names, in Harte syntax (Harte et al., ISMIR 2005). */
export const chordQualities = [
  'maj',
  'min',
  '7',
  'maj7',
  'min7',
  'sus2',
  'sus4',
  'dim',
  'aug',
  'maj6',
  'min6',
  '9',
  'add9',
  'dim7',
  'hdim7',
  'minmaj7',
] as const;
export const chordQualitySchema = z.enum(chordQualities);
export type ChordQuality = z.infer<typeof chordQualitySchema>;

/** A chord, or no chord where `root` is null (then `quality` and `bass` are null too). */
export const chordSchema = z.strictObject({
  start: tickSchema,
  duration: durationSchema,
  root: pitchClassSchema.nullable(),
  quality: chordQualitySchema.nullable(),
  /** Sounding bass as a pitch class, not an interval; equals `root` in root position. */
  bass: pitchClassSchema.nullable(),
  confidence: confidenceSchema,
  byHand: byHandSchema,
  /** What else it may be, the likeliest first, with its probability. */
  alternatives: z
    .array(
      z.strictObject({
        root: pitchClassSchema.nullable(),
        quality: chordQualitySchema.nullable(),
        bass: pitchClassSchema.nullable(),
        probability: confidenceSchema,
      }),
    )
    .max(8)
    .optional(),
});
export type Chord = z.infer<typeof chordSchema>;

export const keySchema = z.strictObject({
  start: tickSchema,
  tonic: pitchClassSchema,
  mode: z.enum(['major', 'minor']),
  confidence: confidenceSchema,
  byHand: byHandSchema,
});
export type Key = z.infer<typeof keySchema>;

export const melodyNoteSchema = z.strictObject({
  start: tickSchema,
  duration: durationSchema,
  pitch: pitchSchema,
  confidence: confidenceSchema,
  byHand: byHandSchema,
  /** Whether a voice or an instrument has the line here. */
  source: z.enum(['sung', 'played']).optional(),
});
export type MelodyNote = z.infer<typeof melodyNoteSchema>;

/** A stretch of the form; equal labels mean that the music repeats. */
export const sectionSchema = z.strictObject({
  start: tickSchema,
  duration: durationSchema,
  label: z.string().min(1).max(40),
  confidence: confidenceSchema,
  byHand: byHandSchema,
});
export type Section = z.infer<typeof sectionSchema>;

/** What the file says about itself. All strings are untrusted text. */
export const songInfoSchema = z.strictObject({
  /** SHA-256 of the file's bytes, hex. */
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  title: z.string().max(1000),
  artist: z.string().max(1000),
  album: z.string().max(1000),
  /** Seconds. */
  duration: z.number().min(0),
});
export type SongInfo = z.infer<typeof songInfoSchema>;

export const ANALYSIS_VERSION = 1;

/**
 * Everything Songleaf heard in a song, saved and editable. All musical times are ticks counted from the first
 * beat (`grid.ts`); only `beats` knows seconds. The first bar is a pickup where `beats[0].position` is not 1.
 */
export const analysisSchema = z.strictObject({
  format: z.literal('songleaf-analysis'),
  version: z.literal(ANALYSIS_VERSION),
  /** Version of the engine that made it. */
  engine: z.string().max(40),
  song: songInfoSchema,
  /** Deviation of the recording's tuning from A = 440 Hz. */
  tuning: z.strictObject({ cents: z.number().min(-50).max(50), confidence: confidenceSchema }),
  /** Median beats per minute, of the beat that `metres` names. */
  tempo: z.strictObject({ bpm: z.number().min(10).max(400), confidence: confidenceSchema }),
  beats: z.array(beatSchema).max(200_000),
  /** Other readings of the beats, the likeliest first. */
  readings: z.array(readingSchema).max(32).optional(),
  metres: z.array(metreSchema).min(1).max(10_000),
  chords: z.array(chordSchema).max(200_000),
  keys: z.array(keySchema).min(1).max(10_000),
  melody: z.array(melodyNoteSchema).max(200_000),
  /** Where a person said that no melody sounds: none is found there again. */
  rests: z
    .array(z.strictObject({ start: tickSchema, duration: durationSchema }))
    .max(10_000)
    .optional(),
  sections: z.array(sectionSchema).max(10_000),
});
export type Analysis = z.infer<typeof analysisSchema>;
