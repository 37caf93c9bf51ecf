import { type Analysis, analysisSchema } from '../../contract/analysis.ts';
import { SongleafError } from '../../contract/errors.ts';
import type { LibraryDatabase } from './database.ts';
import { checkJson, corruptRow, describeIssue } from './json.ts';
import { unknownSong } from './songs.ts';
import { causeCode } from './storage-errors.ts';

export interface StoredAnalysis {
  analysis: Analysis;
  /** Milliseconds since 1970. */
  createdAt: number;
  /** True where a person has corrected it, so that nothing overwrites it unasked. */
  edited: boolean;
}

export interface AnalysisReader {
  /** The song's current analysis. Throws `library-corrupt` naming the row where it cannot be read. */
  get(songId: string): StoredAnalysis | null;
  has(songId: string): boolean;
}

export interface Analyses extends AnalysisReader {
  /**
   * Makes `analysis` the current one of the song it names; corrections of the one before are forgotten. Throws `analysis-invalid` or `song-unknown`.
   * `createdAt` in milliseconds since 1970.
   */
  put(analysis: Analysis, options: { createdAt: number; edited?: boolean }): void;
  /** Forgets the song's analysis; nothing happens where it has none. */
  remove(songId: string): void;
}

/**
 * An analysis as the library keeps it.
 * @throws SongleafError `analysis-invalid`
 */
export function writeAnalysis(
  analysis: Analysis,
): Pick<Analysis, 'version' | 'engine' | 'song'> & { json: string } {
  const checked = analysisSchema.safeParse(analysis);
  if (!checked.success) {
    throw new SongleafError(
      'analysis-invalid',
      `The analysis cannot be saved (${describeIssue(checked.error)}).`,
      'Undo the last correction or analyse the song again.',
    );
  }
  const { version, engine, song } = checked.data;
  return { version, engine, song, json: JSON.stringify(checked.data) };
}

interface Row {
  json: unknown;
  created_at: number;
  edited: number;
}

export function createAnalyses(database: LibraryDatabase): Analyses {
  const { sqlite } = database;
  const select = sqlite.prepare('SELECT json, created_at, edited FROM analyses WHERE song_id = ?');
  const exists = sqlite.prepare('SELECT 1 FROM analyses WHERE song_id = ?');
  const upsert = sqlite.prepare(
    `INSERT INTO analyses (song_id, version, engine, json, created_at, edited) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT (song_id) DO UPDATE SET version = excluded.version, engine = excluded.engine,
       json = excluded.json, created_at = excluded.created_at, edited = excluded.edited`,
  );
  const deleteOne = sqlite.prepare('DELETE FROM analyses WHERE song_id = ?');
  const forgetCorrections = sqlite.prepare('DELETE FROM corrections WHERE song_id = ?');

  return {
    get(songId) {
      const row = database.read(() => select.get(songId)) as Row | undefined;
      if (!row) return null;
      const analysis = checkJson(analysisSchema, row.json);
      if (!analysis.ok) {
        throw corruptRow(
          `analysis of song ${songId} (table analyses)`,
          analysis.reason,
          'Analyse the song again; its takes are not touched.',
        );
      }
      return { analysis: analysis.value, createdAt: row.created_at, edited: row.edited === 1 };
    },
    has: (songId) => database.read(() => exists.get(songId)) !== undefined,
    put(analysis, { createdAt, edited = false }) {
      const { version, engine, song, json } = writeAnalysis(analysis);
      try {
        database.write(() => {
          upsert.run(song.hash, version, engine, json, Math.trunc(createdAt), edited ? 1 : 0);
          forgetCorrections.run(song.hash);
        });
      } catch (error) {
        throw causeCode(error) === 'SQLITE_CONSTRAINT_FOREIGNKEY' ? unknownSong(song.hash) : error;
      }
    },
    remove(songId) {
      database.write(() => {
        deleteOne.run(songId);
        forgetCorrections.run(songId);
      });
    },
  };
}
