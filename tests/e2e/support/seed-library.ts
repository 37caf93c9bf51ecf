import { mkdirSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Analysis } from '../../../main/contract/analysis.ts';
import { openLibrary } from '../../../main/engine/library/library.ts';
import { readSong } from '../../../main/engine/song-file.ts';
import { makeAnalysis, makeArrangement } from '../../unit/library/fixtures.ts';
import { makeWav } from './wav.ts';

export interface SeededSong {
  title: string;
  artist?: string;
  bpm?: number;
  key?: Pick<Analysis['keys'][number], 'tonic' | 'mode'>;
  /** Takes to give it; heard only where 0, not even that where left out. */
  takes?: number;
}

/**
 * Fills a test's library before a window opens it: recordings in `music`, of half a second and a different one each, with
 * what was heard of them and takes. @returns the recordings
 */
export async function seedLibrary(folder: string, songs: readonly SeededSong[]): Promise<string[]> {
  const music = path.join(folder, 'music');
  mkdirSync(music, { recursive: true });
  const library = openLibrary(path.join(folder, 'library'));
  const files: string[] = [];
  for (const [i, { title, artist = 'Nobody', bpm = 120, key, takes }] of songs.entries()) {
    const file = path.join(music, `${i}.wav`);
    writeFileSync(file, makeWav({ INAM: title, IART: artist }, 3));
    files.push(file);
    // Tags of WAV files are in no certain alphabet.
    const info = { ...(await readSong(file)), title, artist };
    const { size, mtimeMs } = statSync(file);
    library.songs.add(info, { path: file, size, mtime: mtimeMs }, i);
    if (takes === undefined) continue;
    const analysis = makeAnalysis(info, bpm);
    if (key) analysis.keys = [{ ...analysis.keys[0]!, ...key }];
    library.analyses.put(analysis, { createdAt: i });
    for (let seed = 1; seed <= takes; seed++) library.takes.add(makeArrangement(info, seed), seed);
  }
  library.close();
  return files;
}
