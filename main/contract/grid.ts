import * as z from 'zod';

/** Ticks in one beat: divides into 32nds (6) and triplet eighths (16). In 6/8 the beat is the dotted quarter. */
export const TICKS_PER_BEAT = 48;

/** A position on the beat grid in ticks from the analysis' first beat. */
export const tickSchema = z.int().min(0).max(100_000_000);

/** Length in ticks, at least one. */
export const durationSchema = z.int().min(1).max(100_000_000);

/** MIDI note number inside the piano's range, A0 to C8. */
export const pitchSchema = z.int().min(21).max(108);

/** 0 = C … 11 = B. */
export const pitchClassSchema = z.int().min(0).max(11);

export const confidenceSchema = z.number().min(0).max(1);

/** What one beat is: a quarter (2/4, 3/4, 4/4) or a dotted quarter (6/8, 9/8, 12/8). */
export const beatUnitSchema = z.enum(['quarter', 'dotted-quarter']);
export type BeatUnit = z.infer<typeof beatUnitSchema>;

/** What the beats of a bar are on paper; music from files is also counted in eighths (5/8, 7/8). */
export const barUnitSchema = z.enum([...beatUnitSchema.options, 'eighth']);
export type BarUnit = z.infer<typeof barUnitSchema>;

/** Ticks in a written quarter note: 48 where the beat is a quarter, 32 where it is dotted, 96 where it is an eighth. */
export function ticksPerQuarter(unit: BarUnit): number {
  if (unit === 'eighth') return TICKS_PER_BEAT * 2;
  return unit === 'quarter' ? TICKS_PER_BEAT : (TICKS_PER_BEAT * 2) / 3;
}
