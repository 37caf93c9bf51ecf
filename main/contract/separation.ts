import * as z from 'zod';

/** When the voice is parted from the rest: where one is heard at a few places, in every song, in none. */
export const separateModes = ['auto', 'always', 'never'] as const;
export const separateModeSchema = z.enum(separateModes);
export type SeparateMode = z.infer<typeof separateModeSchema>;
