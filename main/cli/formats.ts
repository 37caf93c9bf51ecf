import { type ExportFormat, exportFormats } from '../contract/calls.ts';

/** Pages, which only a browser can draw (`pages/`). */
export const pageFormats = ['pdf', 'svg'] as const;
export type PageFormat = (typeof pageFormats)[number];

export function isPageFormat(format: FileFormat): format is PageFormat {
  return (pageFormats as readonly string[]).includes(format);
}

/** All that the terminal writes of a take. */
export const fileFormats = [...exportFormats, ...pageFormats] as const;
export type FileFormat = ExportFormat | PageFormat;

/** What the terminal writes of music that it engraves afresh. */
export const engraveFormats = ['musicxml', 'mxl', ...pageFormats] as const;
export type EngraveFormat = (typeof engraveFormats)[number];
