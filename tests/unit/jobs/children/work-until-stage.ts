/**
 * Runs the queue of the library in `argv[2]`; the work goes through the stages to `argv[3]`, says so and stays there.
 * From the stage "write" on the take is saved, as real work does.
 */
import fs from 'node:fs';
import { stages } from '../../../../main/contract/jobs.ts';
import { createQueue } from '../../../../main/engine/jobs/queue.ts';
import { openLibrary } from '../../../../main/engine/library/library.ts';
import { DAY_ONE, makeArrangement, makeSong } from '../../library/fixtures.ts';

const [folder, stopAt] = process.argv.slice(2);
const library = openLibrary(folder!);
const say = (line: string) => fs.writeSync(1, `${line}\n`);
createQueue({
  library,
  now: () => DAY_ONE,
  onChange: () => null,
  async runJob(job, { onProgress }) {
    for (const [index, stage] of stages.entries()) {
      onProgress({ stage, stageFraction: 0, fraction: index / stages.length });
      if (stage === 'write') {
        const song = [1, 2].map(makeSong).find(({ hash }) => hash === job.payload.songId)!;
        library.takes.add(makeArrangement(song), DAY_ONE);
      }
      if (stage === stopAt) {
        say(`${job.id} ${stage} ${job.attempts}`);
        await new Promise((resolve) => setTimeout(resolve, 600_000));
      }
    }
  },
});
