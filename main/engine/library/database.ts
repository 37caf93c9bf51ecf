import Database from 'better-sqlite3';
import { guardStorage, isDamage } from './storage-errors.ts';

/** Marks the file as a Songleaf library for `file(1)` and for us: 'SLF1' in ASCII. */
export const APPLICATION_ID = 0x53_4c_46_31;

const BUSY_TIMEOUT_MS = 5000;

/** A connection with the library's settings and errors named by file. */
export interface LibraryDatabase {
  readonly path: string;
  readonly sqlite: Database.Database;
  /** Runs `work` in one IMMEDIATE transaction (a savepoint inside another); all or nothing. `work` is not async. */
  write<T>(work: () => T): T;
  /** Runs `work` with SQLite's errors turned into Songleaf's. */
  read<T>(work: () => T): T;
}

/**
 * Opens `path`. Settings after https://sqlite.org/pragma.html: FULL keeps the last commit through a power cut (WAL's
 * default NORMAL may lose it), `fullfsync` makes macOS reach the platter, `trusted_schema` off and `cell_size_check`
 * on are SQLite's own advice for files from elsewhere. Throws raw SQLite errors.
 */
export function connect(
  path: string,
  options: { readonly?: boolean; journal?: 'wal' | 'delete' } = {},
): LibraryDatabase {
  const readonly = options.readonly ?? false;
  const sqlite = new Database(path, { readonly, fileMustExist: readonly, timeout: BUSY_TIMEOUT_MS });
  try {
    sqlite.pragma('trusted_schema = OFF');
    sqlite.pragma('cell_size_check = ON');
    sqlite.pragma('foreign_keys = ON');
    if (readonly) {
      sqlite.pragma('query_only = ON');
    } else {
      const journal = options.journal ?? 'wal';
      const got = sqlite.pragma(`journal_mode = ${journal}`, { simple: true });
      if (got !== journal) throw new Error(`SQLite refused journal mode ${journal} for ${path}: ${got}`);
      sqlite.pragma('synchronous = FULL');
      sqlite.pragma('fullfsync = ON');
      sqlite.pragma('checkpoint_fullfsync = ON');
    }
  } catch (error) {
    sqlite.close();
    throw error;
  }
  return {
    path,
    sqlite,
    write: (work) => guardStorage(path, () => sqlite.transaction(work).immediate()),
    read: (work) => guardStorage(path, work),
  };
}

/**
 * SQLite's complaints about the file's structure; empty where it is sound. CHECK constraints are left out: a read-only
 * connection cannot check them, and a row that breaks one is met and told by name when it is read.
 */
export function quickCheck(sqlite: Database.Database): string[] {
  sqlite.pragma('ignore_check_constraints = ON');
  try {
    const rows = sqlite.pragma('quick_check(10)') as { quick_check: string }[];
    const complaints = rows.map((row) => row.quick_check);
    return complaints.length === 1 && complaints[0] === 'ok' ? [] : complaints;
  } catch (error) {
    if (isDamage(error)) return [(error as Error).message];
    throw error;
  } finally {
    sqlite.pragma('ignore_check_constraints = OFF');
  }
}

export function readPragma(sqlite: Database.Database, name: 'user_version' | 'application_id'): number {
  return sqlite.pragma(name, { simple: true }) as number;
}

export function countTables(sqlite: Database.Database): number {
  const row = sqlite.prepare("SELECT count(*) AS n FROM sqlite_schema WHERE type = 'table'").get();
  return (row as { n: number }).n;
}
