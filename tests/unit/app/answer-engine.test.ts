import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openEngineCalls } from '../../../main/engine/calls.ts';
import { answerEngine, type OpenedEngine } from '../../../main/shell/answer-engine.ts';
import type { EngineMessage } from '../../../main/shell/engine-host.ts';
import { temporaryFolder } from './support/temporary.ts';

/** An engine behind a port of this very process, whose library is opened by `open`. */
function behindPort(open: (times: number) => Promise<OpenedEngine>) {
  const said: EngineMessage[] = [];
  const exits: number[] = [];
  let tell: (message: unknown) => void = () => undefined;
  let reopen: () => void = () => undefined;
  let times = 0;
  answerEngine(
    {
      post: (message) => said.push(message),
      onMessage: (listener) => {
        tell = listener;
      },
      exit: (code) => exits.push(code),
    },
    (_emit, again) => {
      reopen = again;
      return open(++times);
    },
  );
  return { said, exits, tell: (message: unknown) => tell(message), reopen: () => reopen() };
}

async function openFolder(folder: string): Promise<OpenedEngine> {
  const engine = await openEngineCalls({ libraryDir: folder, device: 'cpu', emit: () => undefined });
  onTestFinished(() => engine.close());
  return engine;
}

const list = { type: 'call', id: 1, name: 'songs.list', input: {} };

test('a library that does not close for another ends the engine, which says why', async () => {
  const folder = path.join(temporaryFolder(), 'library');
  const { said, exits, tell, reopen } = behindPort(async () => ({
    ...(await openFolder(folder)),
    close: () => Promise.reject(new Error('The disk is gone.')),
  }));
  tell(list);
  await expect.poll(() => said).toContainEqual({ type: 'reply', id: 1, reply: { ok: true, value: [] } });
  reopen();
  await expect.poll(() => exits).toEqual([1]);
  expect(said.filter(({ type }) => type === 'failed')).toMatchObject([
    { error: { message: expect.stringContaining('The disk is gone.') } },
  ]);
});

test('a library that does not open again ends the engine, which says why once', async () => {
  const folder = path.join(temporaryFolder(), 'library');
  const { said, exits, tell, reopen } = behindPort(async (times) => {
    if (times > 1) throw new Error('The folder is gone.');
    return { ...(await openFolder(folder)), close: () => Promise.resolve() };
  });
  tell(list);
  await expect.poll(() => said).toContainEqual({ type: 'reply', id: 1, reply: { ok: true, value: [] } });
  reopen();
  await expect.poll(() => exits).toEqual([1]);
  expect(said.filter(({ type }) => type === 'failed')).toHaveLength(1);
});
