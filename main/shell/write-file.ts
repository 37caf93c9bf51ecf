import { randomUUID } from 'node:crypto';
import { copyFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { guardWriting } from '../engine/guard-writing.ts';

/**
 * Writes a whole file or nothing: to a temporary name in the same folder, then renamed over the target.
 * @throws SongleafError `file-unwritable`
 */
export async function writeWholeFile(target: string, bytes: Uint8Array): Promise<void> {
  await putWholeFile(target, (temporary) => writeFile(temporary, bytes, { flag: 'wx' }));
}

/** Copies a file like `writeWholeFile`. @throws SongleafError `file-unwritable` */
export async function copyWholeFile(source: string, target: string): Promise<void> {
  await putWholeFile(target, (temporary) => copyFile(source, temporary));
}

async function putWholeFile(target: string, write: (temporary: string) => Promise<void>): Promise<void> {
  const temporary = path.join(path.dirname(target), `.${randomUUID()}.part`);
  try {
    await guardWriting(target, async () => {
      await write(temporary);
      await rename(temporary, target);
    });
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}
