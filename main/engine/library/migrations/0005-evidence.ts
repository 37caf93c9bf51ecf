import type { Migration } from './migration.ts';

/** What each file in `evidence/` must be, so that a damaged or outdated one is made again. */
export const evidenceMigration: Migration = {
  version: 5,
  name: 'evidence',
  up(sqlite) {
    sqlite.exec(`
      CREATE TABLE evidence (
        song_id TEXT NOT NULL PRIMARY KEY REFERENCES songs (id) ON DELETE CASCADE,
        engine TEXT NOT NULL,
        size INTEGER NOT NULL CHECK (size >= 0),
        sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
        created_at INTEGER NOT NULL
      ) STRICT;
    `);
  },
};
