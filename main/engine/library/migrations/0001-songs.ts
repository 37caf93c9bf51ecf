import type { Migration } from './migration.ts';

/** Songs by content hash. `size` and `mtime` let an import skip a file it knows without reading it. */
export const songsMigration: Migration = {
  version: 1,
  name: 'songs',
  up(sqlite) {
    sqlite.exec(`
      CREATE TABLE songs (
        id TEXT NOT NULL PRIMARY KEY CHECK (length(id) = 64),
        path TEXT NOT NULL,
        title TEXT NOT NULL,
        artist TEXT NOT NULL,
        album TEXT NOT NULL,
        duration REAL NOT NULL CHECK (duration >= 0),
        added_at INTEGER NOT NULL,
        size INTEGER NOT NULL CHECK (size >= 0),
        mtime INTEGER NOT NULL
      ) STRICT;
      CREATE INDEX songs_by_path ON songs (path);
    `);
  },
};
