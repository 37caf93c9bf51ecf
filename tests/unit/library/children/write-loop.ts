/**
 * Writes to the library in the folder it is told until killed: songs with analysis and take in one transaction, then
 * evidence, backups, removals and jobs, from number `argv[3]` on. Prints what it did after it was committed.
 */
import fs from 'node:fs';
import { openLibrary } from '../../../../main/engine/library/library.ts';
import { DAY_ONE, makeAnalysis, makeArrangement, makeFile, makeSong } from '../fixtures.ts';

const [folder, first] = process.argv.slice(2);
const library = openLibrary(folder!);
// Straight to the pipe: what was printed before the kill must arrive.
const say = (line: string) => fs.writeSync(1, `${line}\n`);
say('open');
for (let number = Number(first); ; number += 1) {
  const song = makeSong(number);
  library.transaction(() => {
    library.songs.add(song, makeFile(number), DAY_ONE);
    library.analyses.put(makeAnalysis(song), { createdAt: DAY_ONE });
    library.takes.add(makeArrangement(song), DAY_ONE);
  });
  say(`added ${number}`);
  const evidence = new Uint8Array(200_000).fill(number % 256);
  library.evidence.put(song.hash, 'notes', evidence, { engine: 'e', createdAt: DAY_ONE });
  say(`heard ${number}`);
  library.jobs.enqueue({
    id: `job ${number}`,
    kind: 'analyse',
    payload: { songId: song.hash, settings: null },
    createdAt: DAY_ONE,
    maxAttempts: 2,
  });
  if (number % 3 === 0) library.jobs.startNext(DAY_ONE);
  if (number % 5 === 0) {
    say(`removing ${number - 2}`);
    library.songs.remove(makeSong(number - 2).hash);
    say(`removed ${number - 2}`);
  }
  if (number % 7 === 0) library.backup();
  if (number % 11 === 0) library.checkpoint();
}
