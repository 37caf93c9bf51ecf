import { existsSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { SongleafError } from '../contract/errors.ts';

/** Where a person's library lies unless they choose another folder: the system's place for an app's own data. */
export function defaultLibraryDir(
  platform: NodeJS.Platform = process.platform,
  env: NodeJS.ProcessEnv = process.env,
  home: string = os.homedir(),
): string {
  if (platform === 'darwin') return path.join(home, 'Library', 'Application Support', 'Songleaf', 'library');
  if (platform === 'win32') {
    return path.join(env.APPDATA ?? path.join(home, 'AppData', 'Roaming'), 'Songleaf', 'library');
  }
  return path.join(env.XDG_DATA_HOME ?? path.join(home, '.local', 'share'), 'songleaf', 'library');
}

/**
 * The folder of the networks: `models/weights` of the source or beside the build, or the packaged app's resources.
 * @throws SongleafError `model-missing`
 */
export function findWeightsDir(from: string = path.dirname(fileURLToPath(import.meta.url))): string {
  const resources = (process as { resourcesPath?: string }).resourcesPath;
  const places = resources === undefined ? [] : [path.join(resources, 'models')];
  for (let folder = from; ; folder = path.dirname(folder)) {
    places.push(path.join(folder, 'models', 'weights'));
    if (path.dirname(folder) === folder) break;
  }
  const found = places.find((place) => existsSync(path.join(place, 'manifest.json')));
  if (found) return found;
  throw new SongleafError(
    'model-missing',
    `The networks are not where they belong (looked in ${places.join(', ')}).`,
    'Install Songleaf again.',
  );
}
