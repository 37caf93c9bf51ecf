import { createHash, randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, readdir, rename, rm, rmdir, stat } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import path from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { SongleafError } from '../../contract/errors.ts';
import { safeFileName } from '../../contract/file-name.ts';
import { MAX_UPLOAD } from '../../shell/wire.ts';

function tooLarge(name: string, limit: number): SongleafError {
  return new SongleafError(
    'audio-too-long',
    `${name} is larger than the ${Math.round(limit / 1024 ** 2)} MB that one upload may have.`,
    'Convert it to FLAC or MP3, or add it with the terminal: songleaf import FILE',
  );
}

export interface Upload {
  file: string;
  /** Whether it was not there before: what was may be a song's only recording. */
  isNew: boolean;
}

/**
 * Streams an uploaded file into `uploads/` of the library: to a temporary name, then renamed to
 * `uploads/<start of its SHA-256>/<its name>`, so that the same file sent twice is one file.
 * @throws SongleafError `audio-too-long` over the limit, `file-unwritable` where the disk refuses, `cancelled`
 * where the browser went away.
 */
export async function receiveUpload(
  request: IncomingMessage,
  givenName: string,
  libraryDir: string,
  limit = MAX_UPLOAD,
): Promise<Upload> {
  const name = safeFileName(givenName);
  if (Number(request.headers['content-length'] ?? 0) > limit) throw tooLarge(name, limit);
  const folder = path.join(libraryDir, 'uploads');
  const temporary = path.join(folder, `.${randomUUID()}.part`);
  const hash = createHash('sha256');
  let size = 0;
  const counted = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      size += chunk.length;
      if (size > limit) return done(tooLarge(name, limit));
      hash.update(chunk);
      done(null, chunk);
    },
  });
  try {
    await mkdir(folder, { recursive: true });
    await pipeline(request, counted, createWriteStream(temporary, { flags: 'wx' }));
    const home = path.join(folder, hash.digest('hex').slice(0, 16));
    await mkdir(home, { recursive: true });
    const target = path.join(home, name);
    const known = await sizeOf(target);
    // One of another length is damaged, whatever its folder says: the whole one takes its place.
    if (known === size) await rm(temporary, { force: true });
    else await rename(temporary, target);
    return { file: target, isNew: known === null };
  } catch (cause) {
    await rm(temporary, { force: true });
    if (cause instanceof SongleafError) throw cause;
    if (request.destroyed && !request.complete) {
      throw new SongleafError('cancelled', `The upload of ${name} was broken off.`, 'Add the file again.', {
        cause,
      });
    }
    throw new SongleafError(
      'file-unwritable',
      `${name} could not be stored in ${folder}.`,
      'Make room on the disk and check that you may write there.',
      { cause },
    );
  }
}

/** Bytes of a file; null where there is none. */
async function sizeOf(file: string): Promise<number | null> {
  try {
    return (await stat(file)).size;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

/** Takes back an upload that the library did not keep, and its folder where nothing else is in it. */
export async function dropUpload(file: string): Promise<void> {
  await rm(file, { force: true });
  const folder = path.dirname(file);
  if ((await readdir(folder)).length === 0) await rmdir(folder);
}
