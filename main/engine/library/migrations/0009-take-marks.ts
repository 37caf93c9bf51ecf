import type { Migration } from './migration.ts';

/**
 * What a person says of takes: their number, which stays whatever is deleted, name, star, removed (kept a while, so that it can be taken back), where it came from; and
 * the repairs of its notes, in order.
 */
export const takeMarksMigration: Migration = {
  version: 9,
  name: 'take-marks',
  up(sqlite) {
    sqlite.exec(`
      CREATE TABLE take_marks (
        take_id TEXT NOT NULL PRIMARY KEY REFERENCES takes (id) ON DELETE CASCADE,
        number INTEGER NOT NULL CHECK (number >= 1),
        name TEXT,
        starred INTEGER NOT NULL DEFAULT 0 CHECK (starred IN (0, 1)),
        removed_at INTEGER,
        origin TEXT,
        revision INTEGER NOT NULL DEFAULT 0 CHECK (revision >= 0)
      ) STRICT;
      CREATE TRIGGER marks_of_new_take AFTER INSERT ON takes BEGIN
        INSERT INTO take_marks (take_id, number) VALUES (
          new.id,
          (SELECT coalesce(max(number), 0) + 1 FROM take_marks JOIN takes ON takes.id = take_id
            WHERE song_id = new.song_id)
        );
      END;
      INSERT INTO take_marks (take_id, number)
        SELECT id, row_number() OVER (PARTITION BY song_id ORDER BY rowid) FROM takes;

      CREATE TABLE take_edits (
        take_id TEXT NOT NULL REFERENCES takes (id) ON DELETE CASCADE,
        position INTEGER NOT NULL CHECK (position >= 1),
        edit TEXT NOT NULL,
        undone INTEGER NOT NULL DEFAULT 0 CHECK (undone IN (0, 1)),
        created_at INTEGER NOT NULL,
        PRIMARY KEY (take_id, position)
      ) STRICT;
    `);
  },
};
