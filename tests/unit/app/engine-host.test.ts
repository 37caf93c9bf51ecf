import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { forkEngine } from '../../../main/cli/serve/fork-engine.ts';
import { type EngineChild, EngineHost } from '../../../main/shell/engine-host.ts';
import type { CheckedEvent } from '../../../main/shell/wire.ts';
import { temporaryFolder } from './support/temporary.ts';

interface Hosted {
  host: EngineHost;
  children: EngineChild[];
  events: CheckedEvent[];
}

/** A host whose engine runs in real processes, as under `serve`. */
function hostEngine(libraryDir: string, now?: () => number): Hosted {
  const children: EngineChild[] = [];
  const events: CheckedEvent[] = [];
  const host = new EngineHost({
    fork: () => {
      const child = forkEngine(libraryDir, 'cpu');
      children.push(child);
      return child;
    },
    onEvent: (event) => events.push(event),
    ...(now ? { now } : {}),
  });
  onTestFinished(() => host.close());
  return { host, children, events };
}

function exitCode(child: EngineChild | undefined): Promise<number | null> {
  return new Promise((resolve) => child?.onExit(resolve));
}

describe('EngineHost', () => {
  test('relays calls, errors and events', async () => {
    const folder = temporaryFolder();
    const { host, events } = hostEngine(path.join(folder, 'library'));
    expect(await host.call('songs.list', {})).toEqual([]);
    await expect(host.call('jobs.cancel', { jobId: 'none' })).rejects.toMatchObject({ code: 'job-unknown' });
    await expect(host.call('jobs.cancel', { jobId: '' })).rejects.toMatchObject({ code: 'bad-request' });
    const broken = path.join(folder, 'broken.mp3');
    writeFileSync(broken, 'no music');
    expect(await host.call('songs.import', { paths: [broken] })).toMatchObject({
      added: [],
      failed: [{ path: broken, error: { hint: expect.stringMatching(/\w/) } }],
    });
    expect(events).toContainEqual({ event: 'songs.changed', payload: {} });
  });

  test('rejects what was under way when the engine dies, and starts it again', async () => {
    const { host, children, events } = hostEngine(path.join(temporaryFolder(), 'library'));
    await host.call('songs.list', {});
    // Dead already, though nobody has heard of it yet: no answer can come.
    children[0]?.kill();
    const call = host.call('engine.info', {});
    await expect(call).rejects.toMatchObject({ code: 'internal', hint: expect.stringContaining('go on') });
    expect(await host.call('songs.list', {})).toEqual([]);
    expect(children).toHaveLength(2);
    expect(events).toContainEqual({ event: 'songs.changed', payload: {} });
  });

  test('does not start an engine over and over that dies at once, but at the next call', async () => {
    const { host, children } = hostEngine(path.join(temporaryFolder(), 'library'), () => 0);
    host.start();
    for (let crash = 0; crash < 4; crash++) {
      const child = children[crash];
      const end = exitCode(child);
      child?.kill();
      await end;
    }
    expect(children).toHaveLength(4);
    expect(await host.call('songs.list', {})).toEqual([]);
    expect(children).toHaveLength(5);
  });

  test('tells why a library cannot be opened, and tries again at the next call', async () => {
    const file = path.join(temporaryFolder(), 'library');
    writeFileSync(file, 'a file where the folder should be');
    const { host, children } = hostEngine(file);
    const first = host.call('songs.list', {});
    const second = host.call('jobs.list', {});
    await expect(first).rejects.toMatchObject({ name: 'SongleafError', hint: expect.stringMatching(/\w/) });
    await expect(second).rejects.toMatchObject({ name: 'SongleafError' });
    await expect(host.call('songs.list', {})).rejects.toMatchObject({ name: 'SongleafError' });
    expect(children).toHaveLength(2);
  });

  test('closes the engine in peace and takes no calls after', async () => {
    const { host, children } = hostEngine(path.join(temporaryFolder(), 'library'));
    await host.call('songs.list', {});
    const code = exitCode(children[0]);
    await host.close();
    expect(await code).toBe(0);
    expect(children).toHaveLength(1);
    await expect(host.call('songs.list', {})).rejects.toMatchObject({ code: 'cancelled' });
  });
});
