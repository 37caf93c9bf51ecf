import { APPLICATION_ID, type LibraryDatabase, readPragma } from './database.ts';
import { migrations, SCHEMA_VERSION } from './migrations/all.ts';
import { CURRENT_SCHEMA } from './schema.ts';

/** Makes the tables of a new library, all or none. */
export function createSchema(database: LibraryDatabase): void {
  database.write(() => {
    database.sqlite.exec(CURRENT_SCHEMA);
    database.sqlite.pragma(`application_id = ${APPLICATION_ID}`);
    database.sqlite.pragma(`user_version = ${SCHEMA_VERSION}`);
  });
}

/**
 * Brings an older library up to `target` (the current schema unless told), one transaction a step, so that a kill
 * leaves it at one version or the next. The caller backs up first.
 */
export function migrate(database: LibraryDatabase, target = SCHEMA_VERSION): void {
  const from = readPragma(database.sqlite, 'user_version');
  for (const migration of migrations.slice(from, target)) {
    database.write(() => {
      migration.up(database.sqlite);
      database.sqlite.pragma(`application_id = ${APPLICATION_ID}`);
      database.sqlite.pragma(`user_version = ${migration.version}`);
    });
  }
}
