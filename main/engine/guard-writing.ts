import path from 'node:path';
import { SongleafError } from '../contract/errors.ts';

/**
 * Does the work of writing a file and tells of its failure as something that a person can mend.
 * @throws SongleafError `file-unwritable`, naming `target`; those of the work itself as they are
 */
export async function guardWriting<T>(target: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    if (cause instanceof SongleafError) throw cause;
    throw new SongleafError(
      'file-unwritable',
      `${path.basename(target)} could not be written to ${path.dirname(target)}.`,
      'Choose another folder, or make room on the disk and check that you may write there.',
      { cause },
    );
  }
}
