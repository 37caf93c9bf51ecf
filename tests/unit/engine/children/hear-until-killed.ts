/**
 * A process that hears a song into a library and kills itself, as a power cut would, as soon as the stage it is told is
 * kept: `hear-until-killed.ts LIBRARY SONG STAGE`. Prints each stage that it hears.
 */
import fs from 'node:fs';
import { Engine } from '../../../../main/engine/engine.ts';
import { importPaths } from '../../../../main/engine/library/import-paths.ts';
import { openLibrary } from '../../../../main/engine/library/library.ts';
import { readSong } from '../../../../main/engine/song-file.ts';
import { hearSong } from '../../../../main/engine/work.ts';

const [libraryDir, file, lastStage] = process.argv.slice(2);
const library = openLibrary(libraryDir!);
await importPaths(library, [file!], readSong, { isAudioFile: () => true, now: Date.now });
const [song] = library.songs.list();
const { put } = library.evidence;
library.evidence.put = (songId, stage, bytes, options) => {
  put(songId, stage, bytes, options);
  // Straight to the pipe: what was printed before the kill must arrive.
  fs.writeSync(1, `${stage} `);
  if (stage === lastStage) process.kill(process.pid, 'SIGKILL');
};
await hearSong(new Engine({ device: 'cpu' }), library, song!.id, Date.now, { separate: 'always' });
library.close();
process.exit(0);
