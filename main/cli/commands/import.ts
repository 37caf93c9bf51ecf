import { isAudioFile } from '../../engine/audio/formats.ts';
import { importPaths } from '../../engine/library/import-paths.ts';
import { openLibrary } from '../../engine/library/library.ts';
import { readSong } from '../../engine/song-file.ts';
import { printJson } from './each-song.ts';

export interface ImportFlags {
  library: string;
  json?: boolean;
}

/** `songleaf import`: adds files and folders to the library and says what became of each. */
export async function importCommand(paths: string[], flags: ImportFlags, signal: AbortSignal): Promise<void> {
  const library = openLibrary(flags.library);
  try {
    const result = await importPaths(library, paths, readSong, {
      isAudioFile,
      now: Date.now,
      signal,
      onProgress: ({ done, total, path }) => {
        if (process.stderr.isTTY)
          process.stderr.write(`\r\u001b[2K${done} of ${total}: ${path}`.slice(0, 200));
      },
    });
    if (process.stderr.isTTY) process.stderr.write('\r\u001b[2K');
    if (flags.json) {
      for (const song of result.added) printJson({ song: song.path, ok: true, added: true, id: song.id });
      for (const song of result.known) printJson({ song: song.path, ok: true, added: false, id: song.id });
      for (const { path, error } of result.failed) printJson({ song: path, ok: false, error });
    }
    for (const { path, error } of result.failed) {
      process.stderr.write(`songleaf: ${path}: ${error.message}\n  ${error.hint} [${error.code}]\n`);
    }
    process.stderr.write(
      `${result.added.length} added, ${result.known.length} known already, ${result.failed.length} could not be read\n`,
    );
    if (result.failed.length > 0) process.exitCode = 1;
  } finally {
    library.close();
  }
}
