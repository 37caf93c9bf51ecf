import { createHash } from 'node:crypto';
import path from 'node:path';
import type { Arrangement } from '../../../contract/arrangement.ts';
import { arrangeGrid } from './arrange-grid.ts';
import type { GridMusic } from './grid-music.ts';
import { readMidiGrid } from './midi-to-grid.ts';
import { readMusicXmlGrid } from './musicxml-to-grid.ts';
import { unpackMusicXml } from './unpack-mxl.ts';

export interface ImportOptions {
  /** Believe the file's key signatures; found from the notes otherwise. */
  keepKeys?: boolean;
}

/**
 * Music for two hands from a MIDI file, MusicXML or compressed MusicXML, told apart by their content. Staves, voices,
 * spelling and beams of the file are forgotten: what comes back is to be engraved afresh.
 *
 * @param name of the file, which the music is called by where it has no title
 * @throws SongleafError `score-invalid` where it is none of these, is broken, or has no place on the beat grid
 */
export function importMusic(
  bytes: Uint8Array,
  name: string,
  { keepKeys = false }: ImportOptions = {},
): Arrangement {
  const isMidi = Buffer.from(bytes.subarray(0, 4)).toString('latin1') === 'MThd';
  const music: GridMusic = isMidi
    ? readMidiGrid(bytes, keepKeys)
    : readMusicXmlGrid(unpackMusicXml(bytes), keepKeys);
  const title = music.title.trim() || path.basename(name, path.extname(name));
  return arrangeGrid({ ...music, title }, createHash('sha256').update(bytes).digest('hex'));
}
