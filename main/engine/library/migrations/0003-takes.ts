import type { Migration } from './migration.ts';

/** Takes of a song. The id is a hash of the take's content; see `takes.ts`. */
export const takesMigration: Migration = {
  version: 3,
  name: 'takes',
  up(sqlite) {
    sqlite.exec(`
      CREATE TABLE takes (
        id TEXT NOT NULL PRIMARY KEY,
        song_id TEXT NOT NULL REFERENCES songs (id) ON DELETE CASCADE,
        settings TEXT NOT NULL,
        seed INTEGER NOT NULL,
        engine TEXT NOT NULL,
        created_at INTEGER NOT NULL,
        arrangement TEXT NOT NULL,
        note_count INTEGER NOT NULL CHECK (note_count >= 0)
      ) STRICT;
      CREATE INDEX takes_by_song ON takes (song_id);
    `);
  },
};
