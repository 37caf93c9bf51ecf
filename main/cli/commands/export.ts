import type { AudioMix } from '../../contract/audio.ts';
import { SongleafError } from '../../contract/errors.ts';
import type { ExportTake, TakeFormat } from '../../contract/export.ts';
import { nameExports, unknownFields } from '../../contract/export-names.ts';
import type { Song } from '../../contract/library.ts';
import { Engine } from '../../engine/engine.ts';
import { type LibraryReader, openLibraryReader } from '../../engine/library/library.ts';
import { goneAnalysis } from '../../engine/media.ts';
import { selectTakes } from '../../engine/select-takes.ts';
import { workCancelled } from '../../engine/work-cancelled.ts';
import { AudioOutput, checkMix, splitFormats } from '../audio-output.ts';
import { OutputFiles, type TakeNames } from '../output-files.ts';
import { makeOutputFolder } from '../output-folder.ts';
import { makeProgressLine } from '../progress-line.ts';
import { offerTransposition, readScoreFlags, type ScoreFlags } from '../score-flags.ts';
import { reportSong, type SongResult } from './each-song.ts';

export interface ExportFlags extends ScoreFlags {
  out: string;
  name: string;
  library: string;
  format: TakeFormat[];
  mix: AudioMix;
  json?: boolean;
}

/** `songleaf export`: writes every take of the chosen songs under names of a template. */
export async function exportCommand(
  queries: string[],
  flags: ExportFlags,
  signal: AbortSignal,
): Promise<void> {
  checkMix(flags.format, flags.mix, readScoreFlags(flags).transpose);
  checkTemplate(flags.name);
  const library = openLibraryReader(flags.library);
  const engine = new Engine({ device: 'cpu' });
  try {
    const songs = chooseSongs(library.songs.list(), queries);
    const takes =
      songs.length === 0 ? [] : selectTakes(library, { of: 'songs', songIds: songs.map(({ id }) => id) });
    const names = nameTakes(takes, flags.name);
    await makeOutputFolder(flags.out);
    for (const song of songs) {
      if (signal.aborted) break;
      await reportSong(song.path, makeProgressLine(song.title), flags.json ?? false, () =>
        exportSong(library, engine, song, names, flags, signal),
      );
    }
  } finally {
    await engine.close();
    library.close();
  }
}

/** @throws SongleafError `bad-request` */
function checkTemplate(template: string): void {
  const [unknown] = unknownFields(template);
  if (unknown === undefined && template.trim() !== '') return;
  throw new SongleafError(
    'bad-request',
    unknown === undefined ? 'The template of the names is empty.' : `--name knows no {${unknown}}.`,
    'songleaf export --help lists what files can be named after.',
  );
}

/** Stems of all files, as the window names them, by take. */
function nameTakes(takes: readonly ExportTake[], template: string): Map<string, TakeNames> {
  // Any format will do: all of a take share its stem.
  const stem = (format: 'mid' | 'jams') =>
    new Map(
      nameExports(takes, [format], template, 'piano').map(({ takeId, name }) => [
        takeId,
        name.slice(0, -`.${format}`.length),
      ]),
    );
  const ofTakes = stem('mid');
  const ofSongs = stem('jams');
  return new Map([...ofTakes].map(([takeId, take]) => [takeId, { take, song: ofSongs.get(takeId) ?? null }]));
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
  names: ReadonlyMap<string, TakeNames>,
  flags: ExportFlags,
  signal: AbortSignal,
): Promise<SongResult> {
  const readAnalysis = () => {
    const analysis = library.analyses.get(song.id)?.analysis;
    if (analysis) return analysis;
    throw goneAnalysis(song.title);
  };
  const files = new OutputFiles(flags.out);
  const { written, played } = splitFormats(flags.format);
  const options = readScoreFlags(flags);
  const audio = new AudioOutput(engine, files, { file: song.path }, flags.mix, options.transpose);
  let offer: string | null = null;
  try {
    for (const take of library.takes.list(song.id)) {
      const own = names.get(take.id);
      if (!own) continue;
      if (signal.aborted) throw workCancelled();
      const arrangement = library.takes.getArrangement(take.id);
      await files.writeTake(own, written, { arrangement, readAnalysis }, options, signal);
      if (played.length > 0) await audio.write(own.take, played, arrangement, readAnalysis(), { signal });
      offer ??= offerTransposition(arrangement, options);
    }
  } finally {
    await audio.close();
  }
  return { files: files.paths, notes: offer === null ? [] : [offer], id: song.id };
}
