import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { Engine } from '../../engine/engine.ts';
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
  const engine = new Engine({ device: 'cpu' });
  await mkdir(flags.out, { recursive: true });
  try {
    await forEachSong(songs, { json: flags.json ?? false, signal }, async (song, name, line) => {
      const vocals = path.join(flags.out, `${name}.vocals.flac`);
      const accompaniment = path.join(flags.out, `${name}.accompaniment.flac`);
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
