import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { SongleafError } from '../../../contract/errors.ts';

/** Longest file that is read: compressed scores and MIDI files are far smaller. */
const LONGEST = 128 * 1024 * 1024;

/** The bytes of a score. @throws SongleafError `file-not-found`, `file-unreadable`, `score-invalid` where it is too long */
export async function readScoreFile(file: string): Promise<Uint8Array> {
  const name = path.basename(file);
  try {
    const { size } = await stat(file);
    if (size > LONGEST) {
      throw new SongleafError(
        'score-invalid',
        `${name} is too long for a score.`,
        'Choose a score or a MIDI file.',
      );
    }
    return await readFile(file);
  } catch (cause) {
    if (cause instanceof SongleafError) throw cause;
    const isMissing = (cause as NodeJS.ErrnoException).code === 'ENOENT';
    throw new SongleafError(
      isMissing ? 'file-not-found' : 'file-unreadable',
      `${name} ${isMissing ? 'is not there' : 'could not be read'}.`,
      'Check its name and that you may read it.',
      { cause },
    );
  }
}
