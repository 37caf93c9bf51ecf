/**
 * Cost of a song from file to takes, against Basic Pitch alone over the same audio in the same run.
 * Prints Markdown tables. Times lie under load: run it on an idle machine.
 */
import os from 'node:os';
import { presentModels } from '../unit/support/models.ts';
import type { SongCost } from './children/song-cost.ts';
import { fishin, mixSectoid, stretchSong } from './support/real-songs.ts';
import { runChild } from './support/run-child.ts';

function row(name: string, c: SongCost): string {
  const work = c.hear + c.analyse + c.firstTake;
  const ratio = (value: number) => (value / c.basicPitch).toFixed(2);
  return `| ${[
    name,
    `${(c.seconds / 60).toFixed(1)} min`,
    `${c.wall.toFixed(1)} s`,
    `${((c.basicPitch / work) * 100).toFixed(0)} %`,
    ratio(c.hear + c.analyse),
    `${((c.firstBeats / work) * 100).toFixed(0)} %`,
    ratio(work),
    ratio(c.furtherTake),
    ratio(c.oneArranged),
    ratio(c.fourArranged),
    `${(work / (c.seconds / 60)).toFixed(2)} s`,
    `${c.peak.toFixed(0)} MB`,
  ].join(' | ')} |`;
}

const head = `| song | length | wall, file to score | of it Basic Pitch (CPU) | analysis ÷ Basic Pitch | first beats after | analysis + one take ÷ Basic Pitch | each further take ÷ Basic Pitch | arranging once ÷ Basic Pitch | arranging four takes ÷ Basic Pitch | CPU a minute | peak memory |
|---|---|---|---|---|---|---|---|---|---|---|---|`;

console.log(`Speed (${os.cpus().length} × ${os.cpus()[0]?.model}, Node ${process.version}, CPU only)\n`);
console.log(head);
for (const song of [fishin, ...(await mixSectoid())]) {
  for (const mode of ['never', 'auto', 'always']) {
    const cost = await runChild<SongCost>('song-cost.ts', [song.audio, mode]);
    console.log(row(`${song.name}, separate ${mode}`, cost));
  }
}
for (const [minutes, mode] of [
  [1, 'never'],
  [4, 'never'],
  [4, 'auto'],
  [4, 'always'],
  [10, 'never'],
  [10, 'always'],
  [120, 'never'],
] as const) {
  const file = await stretchSong(fishin, minutes);
  const cost = await runChild<SongCost>('song-cost.ts', [file, mode]);
  console.log(row(`the first, repeated to ${minutes} min, separate ${mode}`, cost));
}
if (presentModels.includes('a2s')) {
  const file = await stretchSong(fishin, 4);
  const cost = await runChild<SongCost>('song-cost.ts', [file, 'never', 'a2s']);
  console.log(row('the first, repeated to 4 min, separate never, arranged by a2s', cost));
}
