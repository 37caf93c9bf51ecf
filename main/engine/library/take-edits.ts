import { SongleafError } from '../../contract/errors.ts';
import { type TakeEdit, takeEditSchema } from '../../contract/takes.ts';
import type { LibraryDatabase } from './database.ts';
import { checkJson } from './json.ts';

/** Repairs of one take; beyond them there is an editor for it. */
const MOST_EDITS = 2000;

export interface TakeEditReader {
  /** What was mended and not taken back, in order. A step that cannot be read is left out, and all after it. */
  applied(takeId: string): TakeEdit[];
  /** What would be taken back and what done again. */
  peek(takeId: string): { undo: TakeEdit | null; redo: TakeEdit | null };
}

/** What a person mended in takes, as histories that can be walked back and forth. */
export interface TakeEdits extends TakeEditReader {
  /** Saves a repair. What was taken back before is forgotten. Throws `bad-request` where there are too many. */
  add(takeId: string, edit: TakeEdit, createdAt: number): void;
  /** Throws `bad-request` where there is nothing to take back. */
  undo(takeId: string): void;
  /** Throws `bad-request` where nothing was taken back. */
  redo(takeId: string): void;
}

interface Row {
  position: number;
  edit: unknown;
}

export function createTakeEdits(database: LibraryDatabase): TakeEdits {
  const { sqlite } = database;
  const select = 'SELECT position, edit FROM take_edits WHERE take_id = ?';
  const selectApplied = sqlite.prepare(`${select} AND undone = 0 ORDER BY position`);
  const selectUndo = sqlite.prepare(`${select} AND undone = 0 ORDER BY position DESC LIMIT 1`);
  const selectRedo = sqlite.prepare(`${select} AND undone = 1 ORDER BY position LIMIT 1`);
  const insert = sqlite.prepare(
    `INSERT INTO take_edits (take_id, position, edit, created_at)
     VALUES (?, (SELECT coalesce(max(position), 0) + 1 FROM take_edits WHERE take_id = ?), ?, ?)`,
  );
  const forgetUndone = sqlite.prepare('DELETE FROM take_edits WHERE take_id = ? AND undone = 1');
  const turn = sqlite.prepare('UPDATE take_edits SET undone = ? WHERE take_id = ? AND position = ?');
  const raise = sqlite.prepare('UPDATE take_marks SET revision = revision + 1 WHERE take_id = ?');

  function find(takeId: string, direction: 'undo' | 'redo'): Row | undefined {
    return (direction === 'undo' ? selectUndo : selectRedo).get(takeId) as Row | undefined;
  }

  function step(takeId: string, direction: 'undo' | 'redo'): void {
    database.write(() => {
      const row = find(takeId, direction);
      if (!row) {
        throw new SongleafError(
          'bad-request',
          direction === 'undo' ? 'There is nothing to take back.' : 'There is nothing to do again.',
          'The take is as it was written, or as you mended it last.',
        );
      }
      turn.run(direction === 'undo' ? 1 : 0, takeId, row.position);
      raise.run(takeId);
    });
  }

  return {
    applied: (takeId) => database.read(() => readApplied(selectApplied.all(takeId) as Row[])),
    peek: (takeId) =>
      database.read(() => ({ undo: read(find(takeId, 'undo')), redo: read(find(takeId, 'redo')) })),
    add(takeId, edit, createdAt) {
      database.write(() => {
        forgetUndone.run(takeId);
        if (selectApplied.all(takeId).length >= MOST_EDITS) {
          throw new SongleafError(
            'bad-request',
            `This take has been mended ${MOST_EDITS} times.`,
            'Export it as MusicXML and go on in a notation program.',
          );
        }
        insert.run(takeId, takeId, JSON.stringify(edit), Math.trunc(createdAt));
        raise.run(takeId);
      });
    },
    undo: (takeId) => step(takeId, 'undo'),
    redo: (takeId) => step(takeId, 'redo'),
  };
}

function read(row: Row | undefined): TakeEdit | null {
  if (!row) return null;
  const checked = checkJson(takeEditSchema, row.edit);
  return checked.ok ? checked.value : null;
}

function readApplied(rows: readonly Row[]): TakeEdit[] {
  const edits: TakeEdit[] = [];
  for (const row of rows) {
    const edit = read(row);
    // Later ones may name notes that this one made.
    if (edit === null) break;
    edits.push(edit);
  }
  return edits;
}
