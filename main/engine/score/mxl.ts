import { strToU8, type Zippable, zipSync } from 'fflate';
import { buildDocument, el } from './xml.ts';

/** ZIP knows no earlier date; a fixed one keeps the bytes the same whenever they are written. */
const MTIME = new Date(1980, 0, 1);
const MIME_TYPE = 'application/vnd.recordare.musicxml';

/**
 * Packs a MusicXML document as compressed MusicXML (.mxl): a ZIP archive whose first file, stored, names the format,
 * and whose container names the score (MusicXML 4.0, "Compressed MusicXML files").
 *
 * @param xml the document
 * @param name of the song, for the file inside, with or without its extension; anything but letters, digits and `-_ ` becomes `_`
 */
export function writeMxl(xml: string, name: string): Uint8Array {
  const safe =
    name
      .normalize('NFC')
      .replace(/[^\p{L}\p{M}\p{N}\-_ ]/gu, '_')
      .trim()
      .slice(0, 100) || 'score';
  const path = `${safe}.musicxml`;
  const container = buildDocument(
    el('container', [
      el('rootfiles', [el('rootfile', [], { 'full-path': path, 'media-type': `${MIME_TYPE}+xml` })]),
    ]),
  );
  const files: Zippable = {
    mimetype: [strToU8(MIME_TYPE), { level: 0 }],
    'META-INF/container.xml': strToU8(container),
    [path]: strToU8(xml),
  };
  return zipSync(files, { mtime: MTIME, level: 9, os: 0 });
}
