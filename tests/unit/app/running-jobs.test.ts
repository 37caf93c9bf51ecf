import { expect, test, vi } from 'vitest';
import type { Job } from '../../../main/contract/jobs.ts';
import { settingsSchema } from '../../../main/contract/settings.ts';
import { type ShellWords, shellWordNames } from '../../../main/shell/shell-words.ts';

const asked: { message: string }[] = [];
let answer = { response: 0, checkboxChecked: false };
vi.mock('electron', () => ({
  dialog: {
    showMessageBox: async (_window: unknown, options: { message: string }) => {
      asked.push(options);
      return answer;
    },
  },
}));
const { mayQuit, RunningJobs } = await import('../../../main/app/quit-question.ts');

const job = (id: string, state: Job['state']) =>
  ({ event: 'job.changed', payload: { id, state } as Job }) as const;

test('knows which jobs run, also over a crash', () => {
  const running = new RunningJobs();
  expect(running.any).toBe(false);
  running.hear(job('a', 'queued'));
  expect(running.any).toBe(false);
  running.hear(job('a', 'running'));
  running.hear(job('b', 'running'));
  running.hear(job('a', 'done'));
  expect(running.any).toBe(true);
  running.hear({ event: 'engine.restarted', payload: { running: true } });
  expect(running.any).toBe(false);
});

const words = Object.fromEntries(shellWordNames.map((name) => [name, name])) as ShellWords;
const window = {} as Parameters<typeof mayQuit>[1];

/** An engine with settings, which remembers what was set. */
function engineWith(change: object) {
  const set: unknown[] = [];
  const settings = { ...settingsSchema.parse({}), ...change };
  return {
    set,
    call: async (name: string, input: unknown) => {
      if (name === 'settings.set') set.push(input);
      return settings;
    },
  };
}

test('asks before work is broken off, and does as it is told', async () => {
  asked.length = 0;
  const engine = engineWith({});
  answer = { response: 1, checkboxChecked: true };
  expect(await mayQuit(engine, window, words)).toBe(false);
  expect(engine.set).toEqual([]);
  answer = { response: 0, checkboxChecked: false };
  expect(await mayQuit(engine, window, words)).toBe(true);
  expect(engine.set).toEqual([]);
  answer = { response: 0, checkboxChecked: true };
  expect(await mayQuit(engine, window, words)).toBe(true);
  expect(engine.set).toMatchObject([{ askBeforeQuit: false }]);
  expect(asked.map(({ message }) => message)).toEqual(['quitTitle', 'quitTitle', 'quitTitle']);
});

test('does not ask where nobody wants it or nobody is there to answer', async () => {
  asked.length = 0;
  answer = { response: 1, checkboxChecked: false };
  expect(await mayQuit(engineWith({ askBeforeQuit: false }), window, words)).toBe(true);
  expect(await mayQuit(engineWith({}), undefined, words)).toBe(true);
  expect(await mayQuit(engineWith({}), window, null)).toBe(true);
  expect(await mayQuit({ call: () => Promise.reject(new Error('dead')) }, window, words)).toBe(true);
  expect(asked).toEqual([]);
});
