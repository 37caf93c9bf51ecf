import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { forkEngine } from '../../../main/cli/serve/fork-engine.ts';
import type { Settings } from '../../../main/contract/settings.ts';
import { type EngineChild, EngineHost } from '../../../main/shell/engine-host.ts';
import type { CheckedEvent } from '../../../main/shell/wire.ts';
import { makeWav } from '../../e2e/support/wav.ts';
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
    expect(events).toEqual([
      { event: 'engine.restarted', payload: { running: true } },
      { event: 'songs.changed', payload: {} },
    ]);
  });

  test('does not start an engine over and over that dies at once, but at the next call', async () => {
    const { host, children, events } = hostEngine(path.join(temporaryFolder(), 'library'), () => 0);
    const messages: string[] = [];
    for (let crash = 0; crash < 4; crash++) {
      host.start();
      const child = children[crash];
      const end = exitCode(child);
      child?.kill();
      host.call('engine.info', {}).catch(({ message }) => messages.push(message));
      await end;
    }
    await expect.poll(() => messages).toHaveLength(4);
    expect(messages.map((message) => message.includes('was started again'))).toEqual([
      true,
      true,
      true,
      false,
    ]);
    expect(children).toHaveLength(4);
    expect(events.at(-1)).toEqual({ event: 'engine.restarted', payload: { running: false } });
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

  test('opens the library anew after a backup was put in its place', async () => {
    const folder = temporaryFolder();
    const { host, children, events } = hostEngine(path.join(folder, 'library'));
    const file = path.join(folder, 'tone.wav');
    writeFileSync(file, makeWav({ INAM: 'Tone' }));
    await host.call('backups.make', {});
    await host.call('songs.import', { paths: [file] });
    await host.call('backups.restore', { number: 1 });
    // In the same process, and calls that come at once wait for the library of then.
    expect(await host.call('songs.list', {})).toEqual([]);
    expect(children).toHaveLength(1);
    expect(events.at(-1)).toEqual({ event: 'songs.changed', payload: {} });
    const backups = await host.call('backups.list', {});
    expect(backups).toMatchObject([
      { number: 2, songs: 1 },
      { number: 1, songs: 0 },
    ]);
  });

  test('keeps settings and a pause over a new start', async () => {
    const { host, children } = hostEngine(path.join(temporaryFolder(), 'library'));
    const settings = (await host.call('settings.get', {})) as Settings;
    await host.call('settings.set', { ...settings, language: 'es', threads: 2 });
    await host.call('queue.setPaused', { paused: true });
    await host.call('view.set', {
      songId: null,
      place: 'queue',
      songView: 'song',
      order: 'title',
      descending: true,
      wide: false,
    });
    const end = exitCode(children[0]);
    children[0]?.kill();
    await end;
    expect(await host.call('settings.get', {})).toEqual({ ...settings, language: 'es', threads: 2 });
    expect(await host.call('queue.get', {})).toEqual({ paused: true });
    expect(await host.call('view.get', {})).toMatchObject({ place: 'queue', order: 'title' });
    await expect(host.call('settings.set', { ...settings, language: 'tlh' })).rejects.toMatchObject({
      code: 'bad-request',
    });
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

  test('says of what was under way when it closes that it closes', async () => {
    const { host, children } = hostEngine(path.join(temporaryFolder(), 'library'));
    await host.call('songs.list', {});
    children[0]?.kill();
    const call = host.call('songs.list', {});
    const closed = host.close();
    await expect(call).rejects.toMatchObject({ code: 'cancelled' });
    await closed;
  });
});
