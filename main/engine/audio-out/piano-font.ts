import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';
import type { Credit } from '../../contract/calls.ts';
import { SongleafError } from '../../contract/errors.ts';

const fileName = z.string().regex(/^[a-z0-9_-]+\.[a-z0-9]+$/);
const manifestSchema = z.strictObject({
  format: z.literal('songleaf-piano'),
  version: z.literal(1),
  file: fileName,
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  bytes: z.int().positive(),
  source: z.string(),
  licence: z.string(),
  licenceFile: fileName,
  credit: z.string(),
});

const reinstallHint = 'Install Songleaf again, or restore the folder resources/piano from its source.';

/**
 * The folder of the piano's sound: `resources/piano` of the source or beside the build, or the packaged app's resources.
 * @throws SongleafError `model-missing`
 */
export function findPianoDir(from: string = path.dirname(fileURLToPath(import.meta.url))): string {
  const resources = (process as { resourcesPath?: string }).resourcesPath;
  const places = resources === undefined ? [] : [path.join(resources, 'piano')];
  for (let folder = from; ; folder = path.dirname(folder)) {
    places.push(path.join(folder, 'resources', 'piano'));
    if (path.dirname(folder) === folder) break;
  }
  const found = places.find((place) => existsSync(path.join(place, 'manifest.json')));
  if (found) return found;
  throw new SongleafError(
    'model-missing',
    `The piano's sound is not where it belongs (looked in ${places.join(', ')}).`,
    'Install Songleaf again.',
  );
}

/**
 * Reads the piano's sound bank (SF3) and checks its SHA-256 before anything parses it.
 * @throws SongleafError `model-missing` or `model-corrupt`
 */
export async function readPiano(pianoDir: string): Promise<Uint8Array> {
  return (await openPiano(pianoDir)).bytes;
}

/** Checks the sound bank like `readPiano` and gives its path. */
export async function checkPiano(pianoDir: string): Promise<string> {
  return (await openPiano(pianoDir)).place;
}

async function openPiano(pianoDir: string): Promise<{ place: string; bytes: Uint8Array }> {
  const { file, sha256 } = await readManifest(pianoDir);
  const place = path.join(pianoDir, file);
  const bytes = await readPart(place);
  if (createHash('sha256').update(bytes).digest('hex') !== sha256) {
    throw new SongleafError(
      'model-corrupt',
      `The piano's sound ${place} is not the one that belongs to this version.`,
      reinstallHint,
    );
  }
  return { place, bytes };
}

/** Whose piano it is, and on which terms. @throws SongleafError `model-missing` or `model-corrupt` */
export async function readPianoCredit(pianoDir: string): Promise<Credit> {
  const { licenceFile, credit, source, licence } = await readManifest(pianoDir);
  const text = (await readPart(path.join(pianoDir, licenceFile))).toString('utf8').trim();
  return { name: 'piano', credit, source, licence, text };
}

async function readManifest(pianoDir: string): Promise<z.infer<typeof manifestSchema>> {
  const file = path.join(pianoDir, 'manifest.json');
  const text = (await readPart(file)).toString('utf8');
  try {
    return manifestSchema.parse(JSON.parse(text));
  } catch (cause) {
    throw new SongleafError(
      'model-corrupt',
      `The description of the piano's sound ${file} is damaged.`,
      reinstallHint,
      { cause },
    );
  }
}

async function readPart(file: string): Promise<Buffer> {
  try {
    return await readFile(file);
  } catch (cause) {
    throw new SongleafError('model-missing', `${file} cannot be read.`, reinstallHint, { cause });
  }
}
