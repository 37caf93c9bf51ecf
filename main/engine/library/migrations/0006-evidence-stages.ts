import type { Migration } from './migration.ts';

/**
 * One file of evidence for each stage of the listening. What earlier engines heard in one go is no longer of use; its
 * files are swept.
 */
export const evidenceStagesMigration: Migration = {
  version: 6,
  name: 'evidence-stages',
  up(sqlite) {
    sqlite.exec(`
      DROP TABLE evidence;
      CREATE TABLE evidence (
        song_id TEXT NOT NULL REFERENCES songs (id) ON DELETE CASCADE,
        stage TEXT NOT NULL,
        engine TEXT NOT NULL,
        size INTEGER NOT NULL CHECK (size >= 0),
        sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
        created_at INTEGER NOT NULL,
        PRIMARY KEY (song_id, stage)
      ) STRICT;
    `);
  },
};
