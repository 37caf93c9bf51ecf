import { mkdir } from 'node:fs/promises';
import type { AudioMix } from '../../contract/audio.ts';

import { SongleafError } from '../../contract/errors.ts';
import type { Song } from '../../contract/library.ts';
import { Engine } from '../../engine/engine.ts';
import { type LibraryReader, openLibraryReader } from '../../engine/library/library.ts';
import { safeFileName } from '../../shell/file-name.ts';
import { AudioOutput, checkMix, splitFormats, type TakeFormat } from '../audio-output.ts';

import { OutputFiles, takeName } from '../output-files.ts';
import { offerTransposition, readScoreFlags, type ScoreFlags } from '../score-flags.ts';
import { printJson } from './each-song.ts';

export interface ExportFlags extends ScoreFlags {
  out: string;
  library: string;
  format: TakeFormat[];
  mix: AudioMix;
  json?: boolean;
}

/** `songleaf export`: writes every take of the chosen songs as TITLE.takeK.FORMAT. */
export async function exportCommand(
  queries: string[],
  flags: ExportFlags,
  signal: AbortSignal,
): Promise<void> {
  checkMix(flags.format, flags.mix, readScoreFlags(flags).transpose);
  const library = openLibraryReader(flags.library);
  const engine = new Engine({ device: 'cpu' });
  try {
    const songs = chooseSongs(library.songs.list(), queries);
    await mkdir(flags.out, { recursive: true });
    const taken = new Set<string>();
    for (const song of songs) {
      const files = await exportSong(library, engine, song, flags, taken, signal);
      process.stderr.write(`${song.title}: wrote ${files.join(', ')}\n`);
      if (flags.json) printJson({ song: song.path, ok: true, id: song.id, files });
    }
  } finally {
    await engine.close();
    library.close();
  }
}

/** Songs with takes whose id or title begins as asked, capitals aside; all of them where nothing is asked. */
function chooseSongs(songs: readonly Song[], queries: readonly string[]): Song[] {
  const withTakes = songs.filter((song) => song.takes > 0);
  if (queries.length === 0) return withTakes;
  const chosen = queries.flatMap((query) => {
    const wanted = query.toLowerCase();
    const found = withTakes.filter(
      (song) => song.title.toLowerCase().startsWith(wanted) || song.id.startsWith(wanted),
    );
    if (found.length > 0) return found;
    throw new SongleafError(
      'song-unknown',
      `No song with a take is called ${query}.`,
      'Leave the name out to export every song with takes.',
    );
  });
  return [...new Set(chosen)];
}

async function exportSong(
  library: LibraryReader,
  engine: Engine,
  song: Song,
  flags: ExportFlags,
  taken: Set<string>,
  signal: AbortSignal,
): Promise<string[]> {
  const name = takeName(safeFileName(song.title), taken);
  const stored = library.analyses.get(song.id);
  if (!stored) {
    throw new SongleafError(
      'analysis-invalid',
      `The analysis of “${song.title}” is gone.`,
      'Arrange it again.',
    );
  }
  const files = new OutputFiles(flags.out);
  const { written, played } = splitFormats(flags.format);
  const options = readScoreFlags(flags);
  const audio = new AudioOutput(engine, files, { file: song.path }, flags.mix, options.transpose);
  let offer: string | null = null;
  try {
    for (const [i, take] of library.takes.list(song.id).entries()) {
      const arrangement = library.takes.getArrangement(take.id);
      const music = { arrangement, analysis: stored.analysis };
      await files.writeTake(name, i + 1, written, music, options, signal);
      await audio.write(name, i + 1, played, arrangement, stored.analysis, { signal });
      offer ??= offerTransposition(arrangement, options);
    }
  } finally {
    await audio.close();
  }
  if (offer !== null) process.stderr.write(`${song.title}: note: ${offer}\n`);
  return files.paths;
}
