/**
 * A process that opens a library, imports a song if it is not there, asks for one take if none was asked for, and
 * works until the queue is empty: `work-on-song.ts LIBRARY SONG`. Made to be killed at any moment.
 * Prints the stages that it went through.
 */
import { openEngineCalls } from '../../../../main/engine/calls.ts';

const [libraryDir, file] = process.argv.slice(2);
const stages: string[] = [];
const engine = await openEngineCalls({
  libraryDir,
  device: 'cpu',
  emit: (event, payload) => {
    if (event !== 'job.changed') return;
    const job = payload as { progress: { stage: string } | null };
    const stage = job.progress?.stage;
    if (stage && stages[stages.length - 1] !== stage) stages.push(stage);
  },
});
await engine.calls['songs.import']({ paths: [file] });
const [song] = await engine.calls['songs.list']({});
if ((await engine.calls['jobs.list']({})).length === 0) {
  const settings = { model: 'reduction', level: 'full', melody: 'include', seed: 1 } as const;
  await engine.calls['jobs.arrange']({ songId: song.id, settings });
}
while (
  (await engine.calls['jobs.list']({})).some((job) => job.state === 'queued' || job.state === 'running')
) {
  await new Promise((resolve) => setTimeout(resolve, 20));
}
const jobs = await engine.calls['jobs.list']({});
await engine.close();
process.stdout.write(JSON.stringify({ stages, states: jobs.map((job) => job.state) }));
process.exit(0);
