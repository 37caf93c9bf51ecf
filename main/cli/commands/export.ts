import { mkdir } from 'node:fs/promises';
import { SongleafError } from '../../contract/errors.ts';
import type { Song } from '../../contract/library.ts';
import { type LibraryReader, openLibraryReader } from '../../engine/library/library.ts';
import { safeFileName } from '../../shell/file-name.ts';
import type { FileFormat } from '../formats.ts';
import { OutputFiles, takeName } from '../output-files.ts';
import { offerTransposition, readScoreFlags, type ScoreFlags } from '../score-flags.ts';
import { printJson } from './each-song.ts';

export interface ExportFlags extends ScoreFlags {
  out: string;
  library: string;
  format: FileFormat[];
  json?: boolean;
}

/** `songleaf export`: writes every take of the chosen songs as TITLE.takeK.FORMAT. */
export async function exportCommand(
  queries: string[],
  flags: ExportFlags,
  signal: AbortSignal,
): Promise<void> {
  const library = openLibraryReader(flags.library);
  try {
    const songs = chooseSongs(library.songs.list(), queries);
    await mkdir(flags.out, { recursive: true });
    const taken = new Set<string>();
    for (const song of songs) {
      const files = await exportSong(library, song, flags, taken, signal);
      process.stderr.write(`${song.title}: wrote ${files.join(', ')}\n`);
      if (flags.json) printJson({ song: song.path, ok: true, id: song.id, files });
    }
  } finally {
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
  const options = readScoreFlags(flags);
  let offer: string | null = null;
  for (const [i, take] of library.takes.list(song.id).entries()) {
    const arrangement = library.takes.getArrangement(take.id);
    const music = { arrangement, analysis: stored.analysis };
    await files.writeTake(name, i + 1, flags.format, music, options, signal);
    offer ??= offerTransposition(arrangement, options);
  }
  if (offer !== null) process.stderr.write(`${song.title}: note: ${offer}\n`);
  return files.paths;
}
