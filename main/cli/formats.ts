import { exportFormats, type PageFormat, pageFormats } from '../contract/export.ts';

/** Pages, which only a browser can draw (`pages/`). */
export function isPageFormat(format: FileFormat): format is PageFormat {
  return (pageFormats as readonly string[]).includes(format);
}

/** All that the terminal writes of a take. */
export const fileFormats = [...exportFormats, ...pageFormats] as const;
export type FileFormat = (typeof fileFormats)[number];

/** What the terminal writes of music that it engraves afresh. */
export const engraveFormats = ['musicxml', 'mxl', ...pageFormats] as const;
export type EngraveFormat = (typeof engraveFormats)[number];
