import { access } from 'node:fs/promises';
import { SongleafError } from '../contract/errors.ts';
import type { SeparateMode } from '../contract/separation.ts';
import type { ListenOptions } from '../engine/listen.ts';

/** What a person says about the voice. */
export interface StemFlags {
  separate: SeparateMode;
  vocals?: string;
  accompaniment?: string;
}

/**
 * What the engine is to do about the voice.
 * @throws SongleafError `bad-request` where stems are given for several songs; `file-not-found` where one is not there
 */
export async function readStemFlags(
  songs: readonly string[],
  flags: StemFlags,
): Promise<Pick<ListenOptions, 'separate' | 'stems'>> {
  const { separate, vocals, accompaniment } = flags;
  const given = [vocals, accompaniment].filter((file) => file !== undefined);
  if (given.length === 0) return { separate };
  if (songs.length > 1) {
    throw new SongleafError(
      'bad-request',
      'Stems belong to one song, and several were named.',
      'Give --vocals or --accompaniment with one song at a time.',
    );
  }
  for (const file of given) {
    try {
      await access(file);
    } catch (cause) {
      const message = `There is no file “${file}”.`;
      throw new SongleafError('file-not-found', message, 'Check the path of the stem.', { cause });
    }
  }
  return {
    separate,
    stems: {
      ...(vocals === undefined ? {} : { vocals }),
      ...(accompaniment === undefined ? {} : { accompaniment }),
    },
  };
}
