import { type ScoreOptions, scoreOptionsSchema } from '../../contract/score-options.ts';
import { createSongStateFiles } from './song-state-files.ts';
import { createStateFile } from './state-file.ts';

/**
 * How a person reads scores. The key belongs to the song (a singer's range, a capo), what else is on paper to the person:
 * large print or a lead sheet is wanted in the next song, too.
 */
export interface Paper {
  get(songId: string): ScoreOptions;
  /** Throws `file-unwritable`. */
  put(songId: string, options: ScoreOptions): void;
  remove(songId: string): void;
}

const keySchema = scoreOptionsSchema.pick({ transpose: true });
const switchesSchema = scoreOptionsSchema.omit({ transpose: true });

/**
 * @param file for what holds for all songs
 * @param folder for each song's key
 */
export function createPaper(file: string, folder: string): Paper {
  const switches = createStateFile(file, switchesSchema);
  const keys = createSongStateFiles(folder, keySchema);
  return {
    get: (songId) => ({ ...switches.get(), ...keys.get(songId) }),
    put(songId, { transpose, ...rest }) {
      keys.put(songId, { transpose });
      switches.put(rest);
    },
    remove: keys.remove,
  };
}
