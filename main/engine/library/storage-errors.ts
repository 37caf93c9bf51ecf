import { SongleafError } from '../../contract/errors.ts';

/** The `code` of an error from SQLite (`SQLITE_…`) or the file system (`ENOSPC`, …); '' for anything else. */
export function causeCode(error: unknown): string {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : '';
}

/** True where SQLite says that the file's content is damaged, rather than that it could not be reached. */
export function isDamage(error: unknown): boolean {
  const code = causeCode(error);
  return code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB';
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

const noSpace = new Set(['SQLITE_FULL', 'ENOSPC', 'EDQUOT']);
const notWritable = new Set(['EROFS', 'EACCES', 'EPERM', 'EISDIR', 'ENOTDIR', 'EEXIST', 'ENOENT', 'EIO']);

/**
 * Names what went wrong with the file or folder at `path` in words a person can act on. A `SongleafError` comes back
 * as it is; so does an error of neither SQLite nor the file system, which is a fault in Songleaf.
 */
export function toStorageError(error: unknown, path: string): unknown {
  if (error instanceof SongleafError) return error;
  const code = causeCode(error);
  const cause = { cause: error };
  if (noSpace.has(code)) {
    return new SongleafError(
      'file-unwritable',
      `The disk is full: ${path} could not be written.`,
      'Free some space on that disk and try again. Nothing that was saved before is lost.',
      cause,
    );
  }
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED')) {
    return new SongleafError(
      'library-locked',
      `Another program is using ${path}.`,
      'Close the other program that has this library open and try again.',
      cause,
    );
  }
  if (isDamage(error)) {
    return new SongleafError(
      'library-corrupt',
      `${path} is damaged (${messageOf(error)}).`,
      'Restart Songleaf: it keeps the damaged file and repairs the library when it opens it.',
      cause,
    );
  }
  if (/^SQLITE_(READONLY|CANTOPEN|IOERR|PERM|AUTH)/.test(code) || notWritable.has(code)) {
    return new SongleafError(
      'file-unwritable',
      `${path} could not be opened or written (${messageOf(error)}).`,
      'Check that the folder exists, that you may write to it, and that its disk is connected.',
      cause,
    );
  }
  return error;
}

/** Runs `work` on the file at `path`, with its errors named by `toStorageError`. */
export function guardStorage<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw toStorageError(error, path);
  }
}
