import { constants } from 'node:fs';
import { access, mkdir } from 'node:fs/promises';
import { SongleafError } from '../contract/errors.ts';

/**
 * Makes a folder for files unless it is there, before any work whose result could not be kept.
 * @throws SongleafError `file-unwritable`
 */
export async function makeOutputFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
    await access(folder, constants.W_OK);
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    const isFile = code === 'EEXIST' || code === 'ENOTDIR';
    throw new SongleafError(
      'file-unwritable',
      isFile ? `${folder} is a file, or lies in one.` : `Nothing can be written to ${folder}.`,
      'Choose another folder with --out, or make room on the disk and check that you may write there.',
      { cause },
    );
  }
}
