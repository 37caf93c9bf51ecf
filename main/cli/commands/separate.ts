import path from 'node:path';
import { Engine } from '../../engine/engine.ts';
import { makeOutputFolder } from '../output-folder.ts';
import { findPlaces, refuseToReplace } from '../sources.ts';
import { forEachSong } from './each-song.ts';

export interface SeparateFlags {
  out: string;
  json?: boolean;
}

/** `songleaf separate`: writes NAME.vocals.flac and NAME.accompaniment.flac. */
export async function separateCommand(
  songs: string[],
  flags: SeparateFlags,
  signal: AbortSignal,
): Promise<void> {
  await makeOutputFolder(flags.out);
  const sources = await findPlaces(songs);
  const engine = new Engine({ device: 'cpu' });
  try {
    await forEachSong(songs, { json: flags.json ?? false, signal }, async (song, name, line) => {
      const vocals = path.join(flags.out, `${name}.vocals.flac`);
      const accompaniment = path.join(flags.out, `${name}.accompaniment.flac`);
      for (const target of [vocals, accompaniment]) await refuseToReplace(sources, target);
      const { song: info } = await engine.separate(
        song,
        { vocals, accompaniment },
        { signal, onProgress: line.show },
      );
      return { files: [vocals, accompaniment], notes: [], title: info.title };
    });
  } finally {
    await engine.close();
  }
}
