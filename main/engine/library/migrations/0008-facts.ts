import type { Migration } from './migration.ts';

/**
 * What the list of songs shows of an analysis, so that it need not read them all: tempo, and the key that the song begins
 * in. Triggers keep it, whoever changes an analysis; values are checked when they are read.
 */
export const factsMigration: Migration = {
  version: 8,
  name: 'facts',
  up(sqlite) {
    sqlite.exec(`
      CREATE TABLE facts (
        song_id TEXT NOT NULL PRIMARY KEY REFERENCES analyses (song_id) ON DELETE CASCADE,
        bpm ANY,
        tonic ANY,
        mode ANY
      ) STRICT;
      CREATE TRIGGER facts_of_new AFTER INSERT ON analyses WHEN json_valid(new.json) BEGIN
        DELETE FROM facts WHERE song_id = new.song_id;
        INSERT INTO facts (song_id, bpm, tonic, mode) VALUES (
          new.song_id,
          json_extract(new.json, '$.tempo.bpm'),
          json_extract(new.json, '$.keys[0].tonic'),
          json_extract(new.json, '$.keys[0].mode')
        );
      END;
      CREATE TRIGGER facts_of_changed AFTER UPDATE OF json ON analyses WHEN json_valid(new.json) BEGIN
        DELETE FROM facts WHERE song_id = new.song_id;
        INSERT INTO facts (song_id, bpm, tonic, mode) VALUES (
          new.song_id,
          json_extract(new.json, '$.tempo.bpm'),
          json_extract(new.json, '$.keys[0].tonic'),
          json_extract(new.json, '$.keys[0].mode')
        );
      END;
      INSERT INTO facts (song_id, bpm, tonic, mode)
        SELECT song_id, json_extract(json, '$.tempo.bpm'), json_extract(json, '$.keys[0].tonic'),
          json_extract(json, '$.keys[0].mode')
        FROM analyses WHERE json_valid(json);
    `);
  },
};
