import { gunzipSync, gzipSync } from 'node:zlib';
import { type Analysis, analysisSchema } from '../../contract/analysis.ts';
import { type Correction, correctionSchema } from '../../contract/corrections.ts';
import { SongleafError } from '../../contract/errors.ts';
import { writeAnalysis } from './analyses.ts';
import type { LibraryDatabase } from './database.ts';
import { checkJson, corruptRow } from './json.ts';

/** Steps that can be taken back; beyond them the oldest but the first go, so that the analysis as heard stays. */
const MOST_STEPS = 500;
/** An analysis of hours, unpacked. */
const MOST_BYTES = 64 * 1024 * 1024;

/** What a person corrected, song by song, as a history that can be walked back and forth. */
export interface Corrections {
  /** What would be taken back and what done again. A step that cannot be read counts as none. */
  peek(songId: string): { undo: Correction | null; redo: Correction | null };
  /**
   * Saves the analysis that a correction made. What was taken back before is forgotten.
   * Throws `analysis-invalid`, or `song-unknown` where the song has no analysis to correct.
   */
  add(corrected: Analysis, correction: Correction, createdAt: number): void;
  /** Makes the analysis what it was before the last correction, byte for byte. Throws `bad-request` where there is none. */
  undo(songId: string, createdAt: number): void;
  /** The same forward. */
  redo(songId: string, createdAt: number): void;
}

interface Row {
  position: number;
  correction: unknown;
  other: Buffer;
}

export function createCorrections(database: LibraryDatabase): Corrections {
  const { sqlite } = database;
  const columns = 'position, correction, other FROM corrections WHERE song_id = ?';
  const selectUndo = sqlite.prepare(`SELECT ${columns} AND undone = 0 ORDER BY position DESC LIMIT 1`);
  const selectRedo = sqlite.prepare(`SELECT ${columns} AND undone = 1 ORDER BY position LIMIT 1`);
  const current = sqlite.prepare('SELECT json FROM analyses WHERE song_id = ?');
  const update = sqlite.prepare('UPDATE analyses SET json = ?, created_at = ?, edited = ? WHERE song_id = ?');
  const insert = sqlite.prepare(
    `INSERT INTO corrections (song_id, position, correction, other, created_at)
     VALUES (?, (SELECT coalesce(max(position), 0) + 1 FROM corrections WHERE song_id = ?), ?, ?, ?)`,
  );
  const forgetUndone = sqlite.prepare('DELETE FROM corrections WHERE song_id = ? AND undone = 1');
  const forgetOld = sqlite.prepare(
    `DELETE FROM corrections WHERE song_id = :song
     AND position = (SELECT position FROM corrections WHERE song_id = :song ORDER BY position LIMIT 1 OFFSET 1)
     AND (SELECT count(*) FROM corrections WHERE song_id = :song) > ${MOST_STEPS}`,
  );
  const turn = sqlite.prepare(
    'UPDATE corrections SET other = ?, undone = ? WHERE song_id = ? AND position = ?',
  );

  function textOf(songId: string): string {
    const row = current.get(songId) as { json: string } | undefined;
    if (row) return row.json;
    throw new SongleafError(
      'song-unknown',
      `Song ${songId} has no analysis in the library.`,
      'Analyse the song again.',
    );
  }

  function find(songId: string, direction: 'undo' | 'redo'): Row | undefined {
    return (direction === 'undo' ? selectUndo : selectRedo).get(songId) as Row | undefined;
  }

  function read(row: Row | undefined): Correction | null {
    if (!row) return null;
    const checked = checkJson(correctionSchema, row.correction);
    return checked.ok ? checked.value : null;
  }

  function step(songId: string, direction: 'undo' | 'redo', createdAt: number): void {
    database.write(() => {
      const row = find(songId, direction);
      if (!row) {
        throw new SongleafError(
          'bad-request',
          direction === 'undo' ? 'There is nothing to take back.' : 'There is nothing to do again.',
          'The song is as it was heard, or as you corrected it last.',
        );
      }
      const other = unpack(row.other, songId);
      turn.run(pack(textOf(songId)), direction === 'undo' ? 1 : 0, songId, row.position);
      // Steps may be lost, to a salvage or to `MOST_STEPS`, while what they did stays.
      const isEdited = find(songId, 'undo') !== undefined || other.includes('"byHand":true');
      update.run(other, Math.trunc(createdAt), isEdited ? 1 : 0, songId);
    });
  }

  return {
    peek: (songId) =>
      database.read(() => ({ undo: read(find(songId, 'undo')), redo: read(find(songId, 'redo')) })),
    add(corrected, correction, createdAt) {
      const { song, json } = writeAnalysis(corrected);
      const at = Math.trunc(createdAt);
      database.write(() => {
        const before = pack(textOf(song.hash));
        forgetUndone.run(song.hash);
        insert.run(song.hash, song.hash, JSON.stringify(correction), before, at);
        forgetOld.run({ song: song.hash });
        update.run(json, at, 1, song.hash);
      });
    },
    undo: (songId, createdAt) => step(songId, 'undo', createdAt),
    redo: (songId, createdAt) => step(songId, 'redo', createdAt),
  };
}

function pack(text: string): Buffer {
  return gzipSync(Buffer.from(text));
}

/** @throws SongleafError `library-corrupt` */
function unpack(bytes: Buffer, songId: string): string {
  let reason = 'not an analysis';
  try {
    const text = gunzipSync(bytes, { maxOutputLength: MOST_BYTES }).toString('utf8');
    const checked = checkJson(analysisSchema, text);
    if (checked.ok) return text;
    reason = checked.reason;
  } catch (error) {
    reason = error instanceof Error ? error.message : reason;
  }
  throw corruptRow(
    `correction of song ${songId} (table corrections)`,
    reason,
    'Correct the song by hand, or analyse it again.',
  );
}
