import { exportFormats, pageFormats } from '../contract/export.ts';

/** All that the terminal writes of a take. */
export const fileFormats = [...exportFormats, ...pageFormats] as const;
export type FileFormat = (typeof fileFormats)[number];

/** What the terminal writes of music that it engraves afresh. */
export const engraveFormats = ['musicxml', 'mxl', ...pageFormats] as const;
export type EngraveFormat = (typeof engraveFormats)[number];
