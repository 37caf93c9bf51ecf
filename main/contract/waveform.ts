import * as z from 'zod';

/** Samples at 22,050 Hz that one pair of values stands for: the frames that everything is heard in. */
export const WAVEFORM_HOP = 256;
/** Pairs a second. */
export const WAVEFORM_RATE = 22_050 / WAVEFORM_HOP;

/** How loud a recording is: of each stretch its peak and its root mean square, 0-255, as bytes in base64. */
export const waveformSchema = z.strictObject({ base64: z.string().max(8_000_000) });
