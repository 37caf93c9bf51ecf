import type { EngineCalls, EventName, EventPayload } from '../contract/calls.ts';
import type { DeviceChoice } from '../contract/devices.ts';
import type { Settings } from '../contract/settings.ts';
import type { Engine } from './engine.ts';
import type { Queue } from './jobs/queue-types.ts';
import type { Library } from './library/library.ts';

type ShellCall =
  | 'jobs.move'
  | 'queue.cancelWaiting'
  | 'queue.clearEnded'
  | 'queue.get'
  | 'queue.setPaused'
  | 'settings.get'
  | 'settings.set'
  | 'view.get'
  | 'view.set'
  | 'backups.list'
  | 'backups.make'
  | 'backups.restore';

/** Answers what has nothing to do with music: the order of the queue, settings, what was in sight, backups. */
export function answerShellCalls(parts: {
  library: Library;
  queue: Queue;
  engine: Engine;
  emit: <N extends EventName>(event: N, payload: EventPayload<N>) => void;
  /** Where the networks run by these settings. */
  runOn: (settings: Settings) => { device: DeviceChoice; threads: number };
  reopen?: () => void;
}): Pick<EngineCalls, ShellCall> {
  const { library, queue, engine, emit, runOn, reopen } = parts;
  const tellQueue = () => emit('queue.changed', { paused: queue.paused });
  return {
    'jobs.move': async ({ jobId, before }) => {
      const jobs = queue.reorder(jobId, before);
      tellQueue();
      return jobs;
    },
    'queue.cancelWaiting': async () => queue.cancelQueued(),
    'queue.clearEnded': async () => {
      queue.removeEnded();
      tellQueue();
      return queue.list();
    },
    'queue.get': async () => ({ paused: queue.paused }),
    'queue.setPaused': async ({ paused }) => {
      // Kept first: what a person paused must not go on after a crash.
      library.queueState.put({ paused });
      if (paused) queue.pause('requeue');
      else queue.resume();
      tellQueue();
      return { paused: queue.paused };
    },
    'settings.get': async () => library.settings.get(),
    'settings.set': async (settings) => {
      const before = runOn(library.settings.get());
      library.settings.put(settings);
      const now = runOn(settings);
      if (now.device !== before.device || now.threads !== before.threads) await engine.configure(now);
      emit('settings.changed', settings);
      return settings;
    },
    'view.get': async () => library.view.get(),
    'view.set': async (view) => {
      library.view.put(view);
      return {};
    },
    'backups.list': async () => library.backups(),
    'backups.make': async () => {
      library.backup();
      return library.backups();
    },
    'backups.restore': async ({ number }) => {
      library.prepareRestore(number);
      reopen?.();
      return {};
    },
  };
}
