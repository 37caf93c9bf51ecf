import type { Migration } from './migration.ts';

/**
 * The queue. `position` gives the order, since clocks go back; `jobs_once` keeps one waiting or running job for the
 * same work.
 */
export const jobsMigration: Migration = {
  version: 4,
  name: 'jobs',
  up(sqlite) {
    sqlite.exec(`
      CREATE TABLE jobs (
        id TEXT NOT NULL PRIMARY KEY,
        position INTEGER NOT NULL UNIQUE,
        kind TEXT NOT NULL,
        song_id TEXT NOT NULL REFERENCES songs (id) ON DELETE CASCADE,
        payload TEXT NOT NULL,
        state TEXT NOT NULL CHECK (state IN ('queued', 'running', 'done', 'failed', 'cancelled')),
        stage TEXT,
        stage_fraction REAL,
        progress REAL,
        attempts INTEGER NOT NULL DEFAULT 0 CHECK (attempts >= 0),
        max_attempts INTEGER NOT NULL CHECK (max_attempts >= 1),
        retry_after INTEGER,
        created_at INTEGER NOT NULL,
        started_at INTEGER,
        ended_at INTEGER,
        error TEXT
      ) STRICT;
      CREATE INDEX jobs_by_state ON jobs (state, position);
      CREATE INDEX jobs_by_song ON jobs (song_id);
      CREATE UNIQUE INDEX jobs_once ON jobs (kind, song_id, payload) WHERE state IN ('queued', 'running');
    `);
  },
};
