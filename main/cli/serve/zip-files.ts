import { once } from 'node:events';
import { createReadStream, createWriteStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { finished } from 'node:stream/promises';
import { Zip, ZipDeflate, ZipPassThrough } from 'fflate';
import { SongleafError } from '../../contract/errors.ts';
import { guardWriting } from '../../engine/guard-writing.ts';

/** Bytes of all files; what a ZIP file can hold without its 64-bit extension, with room for names. */
const MOST = 4_000_000_000;
/** What is text, and shrinks. */
const shrinking = new Set(['.musicxml', '.svg', '.jams', '.wav']);
/** The same files give the same bytes whenever they were written: the first date that ZIP knows. */
const DATE = new Date(1980, 0, 1);

/**
 * Puts files, whose names are different, into a ZIP file without holding any of them in memory.
 * @throws SongleafError `file-unwritable` where they are more than a ZIP file can hold, or the disk refuses
 */
export async function zipFiles(files: readonly string[], target: string, signal: AbortSignal): Promise<void> {
  const sizes = await Promise.all(files.map(async (file) => (await stat(file)).size));
  if (sizes.reduce((sum, size) => sum + size, 0) > MOST) {
    throw new SongleafError(
      'file-unwritable',
      'These files are more than 4 GB, which one download cannot hold.',
      'Export fewer takes at once, or FLAC instead of WAV.',
    );
  }
  await guardWriting(target, () => writeZip(files, target, signal));
}

async function writeZip(files: readonly string[], target: string, signal: AbortSignal): Promise<void> {
  const out = createWriteStream(target, { flags: 'wx', signal });
  // Told of below; without a listener it would end the program.
  out.on('error', () => undefined);
  const written = finished(out);
  written.catch(() => undefined);
  const zip = new Zip((error, chunk, last) => {
    if (error) out.destroy(error);
    else if (!out.destroyed) out.write(chunk);
    if (last) out.end();
  });
  try {
    for (const file of files) {
      const name = path.basename(file);
      const entry = shrinking.has(path.extname(name)) ? new ZipDeflate(name) : new ZipPassThrough(name);
      entry.mtime = DATE;
      zip.add(entry);
      for await (const chunk of createReadStream(file, { signal })) {
        entry.push(new Uint8Array(chunk as Buffer));
        // Not by what `write` last said: it may have drained since, and not every piece writes something.
        if (out.writableNeedDrain && !out.destroyed) await once(out, 'drain', { signal });
      }
      entry.push(new Uint8Array(0), true);
    }
    zip.end();
    await written;
  } finally {
    out.destroy();
  }
}
