import fs from 'node:fs';
import Database from 'better-sqlite3';
import { SongleafError } from '../../contract/errors.ts';
import { APPLICATION_ID, connect, countTables, quickCheck, readPragma } from './database.ts';
import { migrations, SCHEMA_VERSION } from './migrations/all.ts';
import { causeCode, isDamage, toStorageError } from './storage-errors.ts';

/** What lies at a path before anything is written to it. */
export type Inspection =
  | { state: 'missing' }
  /** No tables yet: a library whose making was cut off. */
  | { state: 'empty' }
  | { state: 'sound'; version: number }
  | { state: 'damaged'; reason: string };

/**
 * Looks at a library file through a read-only connection. Throws `library-newer` where a newer Songleaf made it and
 * `library-corrupt` where it is some other program's database; neither is touched.
 */
export function inspectLibrary(file: string): Inspection {
  if (!fs.existsSync(file)) return { state: 'missing' };
  let database: ReturnType<typeof connect> | undefined;
  try {
    database = connect(file, { readonly: true });
    const { sqlite } = database;
    const version = readPragma(sqlite, 'user_version');
    const application = readPragma(sqlite, 'application_id');
    if (version === 0 && application === 0 && countTables(sqlite) === 0) return { state: 'empty' };
    if (application !== APPLICATION_ID) {
      throw new SongleafError(
        'library-corrupt',
        `${file} is not a Songleaf library but another program's database.`,
        'Move that file away or choose another library folder.',
      );
    }
    if (version > SCHEMA_VERSION) {
      throw new SongleafError(
        'library-newer',
        `${file} was made by a newer Songleaf (library version ${version}; this one knows ${SCHEMA_VERSION}).`,
        'Install the newest Songleaf, or choose another library folder. The file was not touched.',
      );
    }
    const complaints = quickCheck(sqlite);
    if (complaints.length > 0) return { state: 'damaged', reason: complaints[0]! };
    const gap = findGap(sqlite, version);
    if (gap) return { state: 'damaged', reason: gap };
    return { state: 'sound', version };
  } catch (error) {
    // Plain SQLITE_ERROR: nothing asked here can be wrong but the file ("unsupported file format").
    if (isDamage(error) || causeCode(error) === 'SQLITE_ERROR')
      return { state: 'damaged', reason: (error as Error).message };
    throw toStorageError(error, file);
  } finally {
    database?.sqlite.close();
  }
}

/** A table or column that a library of this version should have and the file has not; null where all are there. */
function findGap(sqlite: Database.Database, version: number): string | null {
  if (version < 1) return `library version ${version}`;
  const model = new Database(':memory:');
  try {
    for (const migration of migrations.slice(0, version)) migration.up(model);
    const here = new Set(listColumns(sqlite));
    const missing = listColumns(model).find((column) => !here.has(column));
    return missing ? `${missing} is missing` : null;
  } finally {
    model.close();
  }
}

function listColumns(sqlite: Database.Database): string[] {
  const columns = sqlite.prepare(
    `SELECT t.name || '.' || c.name AS name FROM sqlite_schema AS t, pragma_table_xinfo(t.name) AS c
     WHERE t.type = 'table'`,
  );
  return (columns.all() as { name: string }[]).map((column) => column.name);
}
