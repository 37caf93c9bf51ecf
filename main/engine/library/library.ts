import * as z from 'zod';
import type { Backup } from '../../contract/backups.ts';
import { SongleafError } from '../../contract/errors.ts';
import { type PlayerSettings, playerSettingsSchema } from '../../contract/performance.ts';
import { type Settings, settingsSchema, type ViewState, viewStateSchema } from '../../contract/settings.ts';
import { type Analyses, type AnalysisReader, createAnalyses } from './analyses.ts';
import { listBackups, sweepBackups, writeBackup } from './backups.ts';
import { type Corrections, createCorrections } from './corrections.ts';
import { type CoverFiles, createCoverFiles } from './cover-files.ts';
import { connect, type LibraryDatabase, quickCheck, readPragma } from './database.ts';
import { createFolder } from './durable-files.ts';
import { createEvidenceFiles, type EvidenceFiles } from './evidence-files.ts';
import { inspectLibrary } from './inspect.ts';
import { createJobs, type JobReader, type Jobs } from './jobs.ts';
import { pathsIn } from './library-paths.ts';
import { takeLock } from './lock.ts';
import { createMediaFiles, type MediaFiles } from './media-files.ts';
import { createSchema, migrate } from './migrate.ts';
import { SCHEMA_VERSION } from './migrations/all.ts';
import { createNoticeLog, type LibraryNotice, type NoticeLog } from './notices.ts';
import { createPaper, type Paper } from './paper.ts';
import { recoverLibrary } from './recovery.ts';
import { finishReplacements } from './replacement.ts';
import { describeBackups, prepareRestore } from './restore.ts';
import { createSongStateFiles, type SongStateFiles } from './song-state-files.ts';
import { createSongs, type SongReader, type Songs } from './songs.ts';
import { createStateFile, type StateFile } from './state-file.ts';
import { createStemFiles, type StemFiles } from './stem-files.ts';
import { guardStorage, toStorageError } from './storage-errors.ts';
import { createTakeEdits, type TakeEditReader, type TakeEdits } from './take-edits.ts';
import { createTakes, type TakeReader, type Takes } from './takes.ts';
import { createUploadFiles } from './upload-files.ts';

const BACKUP_EVERY_MS = 24 * 60 * 60 * 1000;

/** The library as any number of other programs may read it while one writes. */
export interface LibraryReader {
  readonly folder: string;
  readonly songs: SongReader;
  readonly analyses: AnalysisReader;
  readonly takes: TakeReader;
  readonly takeEdits: TakeEditReader;
  readonly jobs: JobReader;
  /** What a person should know: repairs at opening, rows that could not be read since. */
  readonly notices: readonly LibraryNotice[];
  close(): void;
}

/** The library as its one writer has it. */
export interface Library extends LibraryReader {
  readonly songs: Songs;
  readonly analyses: Analyses;
  readonly takes: Takes;
  readonly takeEdits: TakeEdits;
  readonly jobs: Jobs;
  readonly corrections: Corrections;
  readonly evidence: EvidenceFiles;
  readonly stems: StemFiles;
  readonly media: MediaFiles;
  /** How each song is listened to. */
  readonly player: SongStateFiles<PlayerSettings>;
  readonly paper: Paper;
  readonly settings: StateFile<Settings>;
  readonly view: StateFile<ViewState>;
  readonly queueState: StateFile<QueueState>;
  readonly covers: CoverFiles;
  /** Removes covers and copies of recordings that are of no song; `now` in milliseconds since 1970. */
  sweepFiles(now: number): void;
  /** Runs several changes as one: all are kept or none. `work` is not async. */
  transaction<T>(work: () => T): T;
  /** Copies the library to `backups/` and returns the copy's path. Throws `file-unwritable`, `library-corrupt`. */
  backup(): string;
  /** Backs up where there is something to lose and the newest backup is a day old at `now` (milliseconds). */
  backupIfDue(now: number): string | null;
  /** The backups with what they hold, newest first. */
  backups(): Backup[];
  /** Makes a backup the library from its next opening on; see `prepareRestore`. */
  prepareRestore(number: number): void;
  /** Moves the write-ahead log into the library file; for moments when nothing else is to do. */
  checkpoint(): void;
  /** SQLite's complaints about the file's structure; empty where it is sound. */
  verify(): string[];
}

/** What of the queue is no job. */
const queueStateSchema = z.strictObject({ paused: z.boolean().default(false) });
export type QueueState = z.infer<typeof queueStateSchema>;

export interface OpenOptions {
  /** Hears each notice as it arises. */
  onNotice?: (notice: LibraryNotice) => void;
}

/**
 * Opens the library in `folder` for reading and writing, making it where there is none. An older one is backed up and
 * migrated, a damaged one is kept aside and rebuilt (see `notices`), leftovers of a kill are swept.
 *
 * Throws `library-locked` where another program has it open, `library-newer` (nothing is touched), `library-corrupt`
 * where `library.db` is not a library at all, `file-unwritable` where the folder cannot be written or the disk is full.
 */
export function openLibrary(folder: string, options: OpenOptions = {}): Library {
  const paths = pathsIn(folder);
  createFolder(folder);
  const lock = takeLock(paths.lock);
  const notices = createNoticeLog(options.onNotice);
  let database: LibraryDatabase | undefined;
  try {
    prepareFile(folder, paths, notices);
    database = guardStorage(paths.file, () => connect(paths.file));
    upgrade(database, paths.backups);
    const library = assemble(folder, database, notices, lock.release);
    library.evidence.sweep();
    return library;
  } catch (error) {
    database?.sqlite.close();
    lock.release();
    throw toStorageError(error, paths.file);
  }
}

/** Leaves `library.db` sound, or absent or empty where a new one is to be made. */
function prepareFile(folder: string, paths: ReturnType<typeof pathsIn>, notices: NoticeLog): void {
  finishReplacements(folder);
  sweepBackups(paths.backups);
  const found = inspectLibrary(paths.file);
  const backups = listBackups(paths.backups);
  if (found.state === 'damaged') {
    recoverLibrary(folder, paths.backups, found.reason, notices);
  } else if (found.state === 'empty' && backups.length > 0) {
    recoverLibrary(folder, paths.backups, 'it is empty though there are backups', notices);
  } else if (found.state === 'missing' && backups.length > 0) {
    notices.add({
      kind: 'library-missing',
      message: `There was no ${paths.file}, so an empty library was made; backups of the former one are in ${paths.backups}.`,
      hint: `To have it back, close Songleaf and copy ${backups[0]!.path} over ${paths.file}.`,
    });
  }
}

function upgrade(database: LibraryDatabase, backupFolder: string): void {
  const version = readPragma(database.sqlite, 'user_version');
  if (version === 0) createSchema(database);
  else if (version < SCHEMA_VERSION) {
    writeBackup(database, backupFolder);
    migrate(database);
  } else {
    // A file that can only be read must say so now and not at the first change.
    database.write(() => database.sqlite.pragma(`user_version = ${version}`));
  }
}

/**
 * Opens the library in `folder` for reading only, beside its writer if there is one. Never repairs or migrates.
 *
 * Throws `file-not-found`, `library-newer`, `library-corrupt`, and `file-unreadable` where it must be brought up to
 * date first.
 */
export function openLibraryReader(folder: string, options: OpenOptions = {}): LibraryReader {
  const paths = pathsIn(folder);
  const found = inspectLibrary(paths.file);
  if (found.state === 'missing' || found.state === 'empty') {
    throw new SongleafError(
      'file-not-found',
      `There is no Songleaf library in ${folder}.`,
      'Import a song first, or name the right library folder.',
    );
  }
  if (found.state === 'damaged') {
    throw new SongleafError(
      'library-corrupt',
      `${paths.file} is damaged (${found.reason}).`,
      'Open the library in Songleaf: it keeps the damaged file and repairs the library.',
    );
  }
  if (found.version < SCHEMA_VERSION) {
    throw new SongleafError(
      'file-unreadable',
      `${paths.file} was made by an older Songleaf and has not been brought up to date.`,
      'Open the library once in Songleaf, which does that.',
    );
  }
  const notices = createNoticeLog(options.onNotice);
  const database = guardStorage(paths.file, () => connect(paths.file, { readonly: true }));
  const takeEdits = createTakeEdits(database);
  return {
    folder,
    songs: createSongs(database, notices),
    analyses: createAnalyses(database),
    takes: createTakes(database, notices, takeEdits),
    takeEdits,
    jobs: createJobs(database, notices),
    notices: notices.all,
    close: () => {
      database.sqlite.close();
    },
  };
}

/** Does what it can at once: a reader in the middle of something keeps the log, not the writer waiting. */
function truncateLog(sqlite: LibraryDatabase['sqlite']): void {
  const wait = sqlite.pragma('busy_timeout', { simple: true });
  sqlite.pragma('busy_timeout = 0');
  try {
    sqlite.pragma('wal_checkpoint(TRUNCATE)');
  } finally {
    sqlite.pragma(`busy_timeout = ${wait}`);
  }
}

function assemble(
  folder: string,
  database: LibraryDatabase,
  notices: NoticeLog,
  releaseLock: () => void,
): Library {
  const paths = pathsIn(folder);
  const { sqlite } = database;
  const takeEdits = createTakeEdits(database);
  const evidence = createEvidenceFiles(database, paths.evidence, notices);
  const stems = createStemFiles(paths.stems);
  const media = createMediaFiles(paths.media);
  const player = createSongStateFiles(paths.player, playerSettingsSchema);
  const paper = createPaper(paths.paperOfAll, paths.paper);
  const covers = createCoverFiles(paths.covers);
  const uploads = createUploadFiles(paths.uploads);
  const songs = createSongs(database, notices, {
    removed(songId, file, takeIds) {
      evidence.remove(songId);
      stems.remove(songId);
      for (const id of [songId, ...takeIds]) media.remove(id);
      player.remove(songId);
      paper.remove(songId);
      covers.remove(songId);
      uploads.remove(file);
    },
    left: (file) => uploads.remove(file),
  });
  return {
    folder,
    songs,
    analyses: createAnalyses(database),
    takes: createTakes(database, notices, takeEdits),
    takeEdits,
    jobs: createJobs(database, notices),
    corrections: createCorrections(database),
    evidence,
    stems,
    media,
    player,
    paper,
    settings: createStateFile(paths.settings, settingsSchema),
    view: createStateFile(paths.view, viewStateSchema),
    queueState: createStateFile(paths.queue, queueStateSchema),
    covers,
    sweepFiles(now) {
      const ids = songs.files().map(({ id }) => id);
      const known = new Set(ids);
      covers.sweep((songId) => known.has(songId));
      uploads.sweep(ids, now);
    },
    notices: notices.all,
    transaction: (work) => database.write(work),
    backup: () => writeBackup(database, paths.backups),
    backupIfDue(now) {
      if (songs.list().length === 0) return null;
      const newest = listBackups(paths.backups)[0];
      // A backup from the future means that the clock went back; better one too many.
      const age = newest ? now - newest.writtenAt : null;
      if (age !== null && age >= 0 && age < BACKUP_EVERY_MS) return null;
      return writeBackup(database, paths.backups);
    },
    backups: () => guardStorage(paths.backups, () => describeBackups(paths.backups)),
    prepareRestore: (number) =>
      prepareRestore(folder, paths.backups, number, () => writeBackup(database, paths.backups)),
    checkpoint: () => guardStorage(paths.file, () => truncateLog(sqlite)),
    verify: () => guardStorage(paths.file, () => quickCheck(sqlite)),
    close() {
      if (!sqlite.open) return;
      try {
        guardStorage(paths.file, () => {
          sqlite.pragma('optimize');
          truncateLog(sqlite);
        });
      } catch (error) {
        // Tidying needs room on the disk. Without it all that was saved stays in the log and is found there.
        if (!(error instanceof SongleafError && error.code === 'file-unwritable')) throw error;
      } finally {
        sqlite.close();
        releaseLock();
      }
    },
  };
}
