import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { makeWav } from './wav.ts';

/** Writes one short song for each title, and returns their files. */
export async function writeSongs(folder: string, titles: readonly string[]): Promise<string[]> {
  const files = titles.map((title) => path.join(folder, `${title}.wav`));
  for (const [i, file] of files.entries())
    await writeFile(file, makeWav({ INAM: titles[i]!, IART: 'Nobody' }));
  return files;
}
