import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { uniform } from '../../../../main/engine/arranger/random.ts';
import type { GridMusic } from '../../../../main/engine/score/import/grid-music.ts';
import { partNotes, pianoPart } from '../../../../main/engine/score/import/musicxml-to-grid.ts';
import { unpackMusicXml } from '../../../../main/engine/score/import/unpack-mxl.ts';
import { readParts } from '../../../../main/engine/score/musicxml-content.ts';
import { type PrintedPage, readPage } from './printed-notes.ts';

/** OpenScore Lieder (CC0), where somebody has put them beside the repository. */
export const liederFolder = path.join(process.env.SONGLEAF_DATA ?? '../shared', 'lieder');
export const hasLieder = existsSync(liederFolder);

export interface Lied {
  id: string;
  /** As printed. */
  print: PrintedPage;
  /** Nothing but notes on the beat grid, shortened as a player would. */
  played: GridMusic;
}

/** Songs whose number ends in one of the digits, `sample` of them spread over the list, or all. */
export function listLieder(digits: string, sample = Number.POSITIVE_INFINITY): string[] {
  const ids = readdirSync(liederFolder)
    .filter((name) => name.endsWith('.mxl') && digits.includes(name.at(-5)!))
    .map((name) => name.slice(0, -4))
    .sort();
  const step = Math.max(1, ids.length / sample);
  return ids.filter((_, at) => Math.floor(at / step) !== Math.floor((at - 1) / step));
}

/** Players hold notes for this share of their written length. */
const SHORTEST = 0.6;
const LONGEST = 0.95;

/**
 * Reads a song's piano part and reduces it. Null where the piano has not two staves or a bar that the beat grid does
 * not hold (such as 5/8).
 */
export function readLied(id: string): Lied | null {
  const parts = readParts(unpackMusicXml(readFileSync(path.join(liederFolder, `${id}.mxl`))));
  const part = pianoPart(parts);
  if (Math.max(...part.measures.flatMap(({ items }) => items.map((item) => item.staff))) !== 2) return null;
  let print: PrintedPage;
  try {
    print = readPage([part]);
  } catch {
    return null;
  }
  const notes = partNotes(part, print.layout).map((note) => {
    const held = SHORTEST + (LONGEST - SHORTEST) * uniform(1, id, note.start, note.pitch);
    return { ...note, duration: Math.max(1, Math.round(note.duration * held)) };
  });
  return {
    id,
    print,
    played: { title: id, composer: '', bpm: 100, bars: print.layout.bars, keys: [], notes },
  };
}
