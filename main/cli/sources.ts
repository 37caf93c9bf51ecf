import { realpath } from 'node:fs/promises';
import path from 'node:path';
import { SongleafError } from '../contract/errors.ts';

/** Where files really lie, whatever links and letter case they were named by; none for one that is not there. */
export async function findPlaces(files: readonly string[]): Promise<ReadonlySet<string>> {
  const places = await Promise.all(files.map(findPlace));
  return new Set(places.filter((place) => place !== null));
}

/**
 * What a person gave to a command is their own work: it is never written over.
 * @param sources `findPlaces` of what was given
 * @throws SongleafError `bad-request`
 */
export async function refuseToReplace(sources: ReadonlySet<string>, target: string): Promise<void> {
  const place = await findPlace(target);
  if (place === null || !sources.has(place)) return;
  throw new SongleafError(
    'bad-request',
    `${path.basename(target)} would be written over, which is one of the files given.`,
    'Choose another folder with --out.',
  );
}

async function findPlace(file: string): Promise<string | null> {
  return await realpath(file).catch(() => null);
}
