import { afterEach, describe, expect, it } from 'vitest';
import { type Stage, stages } from '../../../main/contract/jobs.ts';
import { createQueue } from '../../../main/engine/jobs/queue.ts';
import { openLibrary } from '../../../main/engine/library/library.ts';
import {
  DAY_ONE,
  listFiles,
  makeArrangement,
  makeFile,
  makeFolder,
  makeSong,
  removeFolder,
  startChild,
} from '../library/fixtures.ts';

let folder: string;
afterEach(() => removeFolder(folder));

/** A library of two songs with a take asked of each. */
function build(): void {
  folder = makeFolder();
  const library = openLibrary(folder);
  for (const number of [1, 2]) {
    const song = makeSong(number);
    library.songs.add(song, makeFile(number), DAY_ONE);
    library.jobs.enqueue({
      id: `job-${number}`,
      kind: 'arrange',
      payload: { songId: song.hash, settings: makeArrangement(song).settings },
      createdAt: DAY_ONE,
      maxAttempts: 2,
    });
  }
  library.close();
}

async function killIn(stage: Stage): Promise<string> {
  const child = startChild(new URL('children/work-until-stage.ts', import.meta.url), [folder, stage]);
  const line = await child.untilLine(() => true);
  await child.kill();
  return line;
}

/** Opens the library again and does all the work there is; returns who worked and how it ended. */
async function goOn() {
  const library = openLibrary(folder);
  const worked: string[] = [];
  const queue = createQueue({
    library,
    now: () => DAY_ONE,
    onChange: () => null,
    async runJob(job) {
      worked.push(`${job.id} ${job.attempts}`);
      const song = [1, 2].map(makeSong).find(({ hash }) => hash === job.payload.songId)!;
      library.takes.add(makeArrangement(song), DAY_ONE + 1);
    },
  });
  await queue.whenIdle();
  const ended = queue.list().map((job) => `${job.id} ${job.state}`);
  const errors = queue.list().map((job) => job.error?.code ?? null);
  const takes = [1, 2].map((number) => library.takes.list(makeSong(number).hash).length);
  expect(library.verify()).toEqual([]);
  await queue.close();
  library.close();
  expect(listFiles(folder).filter((name) => /tmp|journal|-wal/.test(name))).toEqual([]);
  return { worked, ended, errors, takes };
}

describe('a program killed while it works', () => {
  it.each(stages)('in the stage "%s" starts that job again and makes nothing twice', async (stage) => {
    build();
    expect(await killIn(stage)).toBe(`job-1 ${stage} 1`);
    expect(await goOn()).toEqual({
      worked: ['job-1 2', 'job-2 1'],
      ended: ['job-1 done', 'job-2 done'],
      errors: [null, null],
      takes: [1, 1],
    });
  });

  it('twice by the same job does not start it a third time', async () => {
    build();
    expect(await killIn('listen')).toBe('job-1 listen 1');
    expect(await killIn('listen')).toBe('job-1 listen 2');
    expect(await goOn()).toEqual({
      worked: ['job-2 1'],
      ended: ['job-1 failed', 'job-2 done'],
      errors: ['internal', null],
      takes: [0, 1],
    });
  });
});
