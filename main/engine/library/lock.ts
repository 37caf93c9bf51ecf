import Database from 'better-sqlite3';
import { SongleafError } from '../../contract/errors.ts';
import { causeCode, isDamage, toStorageError } from './storage-errors.ts';

export interface Lock {
  release(): void;
}

/** A program that is just closing gets this long to let go. */
const WAIT_MS = 1000;

/**
 * The databases whose locks this process holds. better-sqlite3 closes a database that nothing refers to any more, so
 * without this a library object dropped unclosed would let go of the lock whenever garbage happens to be collected.
 */
const heldLocks = new Set<Database.Database>();

/**
 * Takes the library's single-writer lock: an exclusive transaction, held for the life of the library, on an empty
 * database of its own at `file`.
 *
 * Why so: SQLite's file locks belong to the process, so the operating system frees them even after a kill or a power
 * cut, which a file holding a process id does not survive; SQLite does it the right way on every system; and a
 * database of its own leaves `library.db` open to readers, which `locking_mode=EXCLUSIVE` there would shut out. The
 * file stays behind empty: removing it would let two programs lock two files of one name.
 *
 * Throws `library-locked` where another program, or another library object in this one, holds it.
 */
export function takeLock(file: string): Lock {
  let db: Database.Database | undefined;
  try {
    db = new Database(file, { timeout: WAIT_MS });
    // Nothing is ever written, so no journal file should appear either.
    db.pragma('journal_mode = MEMORY');
    db.exec('BEGIN EXCLUSIVE');
    const held = db;
    heldLocks.add(held);
    return {
      release() {
        heldLocks.delete(held);
        held.close();
      },
    };
  } catch (error) {
    db?.close();
    if (causeCode(error).startsWith('SQLITE_BUSY')) {
      throw new SongleafError(
        'library-locked',
        `The library is open in another Songleaf (lock ${file}).`,
        'Close the other window or terminal that uses this library, or choose another library folder.',
        { cause: error },
      );
    }
    if (isDamage(error)) {
      throw new SongleafError(
        'library-corrupt',
        `The lock file ${file} holds something that is not Songleaf's.`,
        'Make sure that no other Songleaf is running, then delete that file.',
        { cause: error },
      );
    }
    throw toStorageError(error, file);
  }
}
