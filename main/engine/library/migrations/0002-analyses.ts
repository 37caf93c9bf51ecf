import type { Migration } from './migration.ts';

/** The current analysis of a song, one each. */
export const analysesMigration: Migration = {
  version: 2,
  name: 'analyses',
  up(sqlite) {
    sqlite.exec(`
      CREATE TABLE analyses (
        song_id TEXT NOT NULL PRIMARY KEY REFERENCES songs (id) ON DELETE CASCADE,
        version INTEGER NOT NULL,
        engine TEXT NOT NULL,
        json TEXT NOT NULL,
        created_at INTEGER NOT NULL,
        edited INTEGER NOT NULL DEFAULT 0 CHECK (edited IN (0, 1))
      ) STRICT;
    `);
  },
};
