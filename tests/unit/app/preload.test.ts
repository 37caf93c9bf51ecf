import { describe, expect, test, vi } from 'vitest';
import { channels } from '../../../preload/channels.ts';

const exposed: Record<string, Record<string, (...args: unknown[]) => unknown>> = {};
const invoked: unknown[][] = [];
const listeners = new Map<string, (event: unknown, message: unknown) => void>();

vi.mock('electron', () => ({
  contextBridge: {
    exposeInMainWorld: (name: string, api: (typeof exposed)[string]) => {
      exposed[name] = api;
    },
  },
  ipcRenderer: {
    invoke: (...args: unknown[]) => {
      invoked.push(args);
      return Promise.resolve();
    },
    on: (channel: string, listener: (event: unknown, message: unknown) => void) => {
      listeners.set(channel, listener);
    },
    once: () => undefined,
    removeListener: (channel: string) => listeners.delete(channel),
  },
  webUtils: { getPathForFile: () => '' },
}));
await import('../../../preload/preload.ts');

describe('what the page can reach of the app', () => {
  test('is functions under one name, each for one channel of the list', () => {
    expect(Object.keys(exposed)).toEqual(['songleaf']);
    const api = exposed.songleaf!;
    const known = new Set<string>(Object.values(channels));
    for (const [name, reach] of Object.entries(api)) {
      expect(typeof reach, name).toBe('function');
      if (name.startsWith('on')) continue;
      invoked.length = 0;
      void reach([], '../../evil', {});
      expect(invoked, name).toHaveLength(1);
      expect(known.has(String(invoked[0]![0])), name).toBe(true);
      // What a page sends never chooses the channel.
      expect(invoked[0]![0]).not.toContain('evil');
    }
  });

  test('hands no event of Electron to a listener, and stops when told', () => {
    const heard: unknown[][] = [];
    const stop = exposed.songleaf!.onEvent!((...args: unknown[]) => heard.push(args)) as () => void;
    listeners.get(channels.event)!({ sender: 'Electron' }, { event: 'songs.changed', payload: {} });
    expect(heard).toEqual([[{ event: 'songs.changed', payload: {} }]]);
    stop();
    expect(listeners.has(channels.event)).toBe(false);
  });

  test('lets only known commands of the menu through', () => {
    const heard: unknown[] = [];
    exposed.songleaf!.onMenu!((command: unknown) => heard.push(command));
    for (const command of ['settings', 'rm', '__proto__', { settings: 1 }, null]) {
      listeners.get(channels.menu)!({}, command);
    }
    expect(heard).toEqual(['settings']);
  });
});
