import * as z from 'zod';

/** How much there is to play. */
export const levelSchema = z.enum(['easy', 'intermediate', 'full']);
export type Level = z.infer<typeof levelSchema>;
