import * as z from 'zod';

/** Kinds of sound file that a take is written to. */
export const audioFormats = ['wav', 'flac'] as const;
export const audioFormatSchema = z.enum(audioFormats);
export type AudioFormat = z.infer<typeof audioFormatSchema>;

/** What sounds in it: the piano alone, with the whole recording, or with the recording's voice. */
export const audioMixes = ['piano', 'record', 'vocals'] as const;
export const audioMixSchema = z.enum(audioMixes);
export type AudioMix = z.infer<typeof audioMixSchema>;
