/**
 * The library's tables as they are now, in one place. New libraries are made from this; old ones arrive at the same
 * text through `migrations/` (a test holds the two together). Times are milliseconds since 1970.
 */
export const CURRENT_SCHEMA = `
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

  CREATE TABLE analyses (
    song_id TEXT NOT NULL PRIMARY KEY REFERENCES songs (id) ON DELETE CASCADE,
    version INTEGER NOT NULL,
    engine TEXT NOT NULL,
    json TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    edited INTEGER NOT NULL DEFAULT 0 CHECK (edited IN (0, 1))
  ) STRICT;

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

  CREATE TABLE evidence (
    song_id TEXT NOT NULL REFERENCES songs (id) ON DELETE CASCADE,
    stage TEXT NOT NULL,
    engine TEXT NOT NULL,
    size INTEGER NOT NULL CHECK (size >= 0),
    sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
    created_at INTEGER NOT NULL,
    PRIMARY KEY (song_id, stage)
  ) STRICT;

  CREATE TABLE corrections (
    song_id TEXT NOT NULL REFERENCES songs (id) ON DELETE CASCADE,
    position INTEGER NOT NULL CHECK (position >= 1),
    correction TEXT NOT NULL,
    other BLOB NOT NULL,
    undone INTEGER NOT NULL DEFAULT 0 CHECK (undone IN (0, 1)),
    created_at INTEGER NOT NULL,
    PRIMARY KEY (song_id, position)
  ) STRICT;

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

  CREATE TABLE take_edits (
    take_id TEXT NOT NULL REFERENCES takes (id) ON DELETE CASCADE,
    position INTEGER NOT NULL CHECK (position >= 1),
    edit TEXT NOT NULL,
    undone INTEGER NOT NULL DEFAULT 0 CHECK (undone IN (0, 1)),
    created_at INTEGER NOT NULL,
    PRIMARY KEY (take_id, position)
  ) STRICT;
`;
