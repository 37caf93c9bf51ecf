import type { Migration } from './migration.ts';

/**
 * What a person corrected in a song's analysis, in order. `other` is the analysis on the other side of the step, gzipped:
 * the one before it, or after it where it was taken back.
 */
export const correctionsMigration: Migration = {
  version: 7,
  name: 'corrections',
  up(sqlite) {
    sqlite.exec(`
      CREATE TABLE corrections (
        song_id TEXT NOT NULL REFERENCES songs (id) ON DELETE CASCADE,
        position INTEGER NOT NULL CHECK (position >= 1),
        correction TEXT NOT NULL,
        other BLOB NOT NULL,
        undone INTEGER NOT NULL DEFAULT 0 CHECK (undone IN (0, 1)),
        created_at INTEGER NOT NULL,
        PRIMARY KEY (song_id, position)
      ) STRICT;
    `);
  },
};
