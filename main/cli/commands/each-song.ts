import path from 'node:path';
import { SongleafError, toErrorReport } from '../../contract/errors.ts';
import { takeName } from '../output-files.ts';
import { makeProgressLine, type ProgressLine } from '../progress-line.ts';
import { reportFailure } from '../report.ts';

/** Result of one song, one line of `--json`. */
export interface SongResult {
  files: string[];
  /** What is amiss with the recording though it could be used. */
  notes: readonly string[];
  /** Where the networks ran; absent where nothing had to be heard. */
  device?: string;
  [key: string]: unknown;
}

/**
 * Does the work for each song in turn. One that fails is reported and the rest go on; the exit code tells.
 * @param work gets the song's path and a base name that no earlier song of this run has
 */
export async function forEachSong(
  songs: readonly string[],
  options: { json: boolean; signal: AbortSignal },
  work: (song: string, name: string, line: ProgressLine) => Promise<SongResult>,
): Promise<void> {
  const taken = new Set<string>();
  for (const song of songs) {
    if (options.signal.aborted) break;
    const name = takeName(path.basename(song, path.extname(song)) || 'song', taken);
    const line = makeProgressLine(path.basename(song));
    await reportSong(song, line, options.json, () => work(song, name, line));
  }
}

/** Does the work for one song and says what became of it; the exit code tells of a failure. */
export async function reportSong(
  song: string,
  line: ProgressLine,
  json: boolean,
  work: () => Promise<SongResult>,
): Promise<void> {
  try {
    const result = await work();
    for (const note of result.notes) line.done(`note: ${note}`);
    const where = result.device === undefined ? '' : ` (heard on ${result.device})`;
    line.done(`wrote ${result.files.join(', ')}${where}`);
    if (json) printJson({ song, ok: true, ...result });
  } catch (error) {
    process.exitCode = 1;
    const cancelled = error instanceof SongleafError && error.code === 'cancelled';
    line.done(cancelled ? 'cancelled' : 'failed');
    if (!cancelled) reportFailure(error);
    if (json) printJson({ song, ok: false, error: toErrorReport(error) });
  }
}

export function printJson(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value)}\n`);
}
