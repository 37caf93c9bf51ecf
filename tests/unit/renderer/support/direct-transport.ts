import { mediaPath } from '../../../../main/contract/media.ts';
import { openEngineCalls } from '../../../../main/engine/calls.ts';
import { dispatch } from '../../../../main/shell/dispatch.ts';
import { type CheckedEvent, checkEvent } from '../../../../main/shell/wire.ts';
import { createBrowserShell } from '../../../../renderer/transport/browser-shell.ts';
import type { FilesPort } from '../../../../renderer/transport/files-port.ts';
import {
  checkInput,
  openCallReply,
  openImportReply,
  type Transport,
} from '../../../../renderer/transport/transport.ts';

export interface DirectTransport extends Transport {
  /** What the dialog for songs will answer. */
  picked: string[];
  close(): Promise<void>;
}

/** The shortest way from a window to a real engine: in one process, every message checked as on the long ways. */
export async function connectDirectly(libraryDir: string): Promise<DirectTransport> {
  const listeners: ((event: CheckedEvent) => void)[] = [];
  const engine = await openEngineCalls({
    libraryDir,
    device: 'cpu',
    emit: (event, payload) => {
      const checked = checkEvent({ event, payload });
      if (checked === null) throw new Error(`The engine told ${event} in a wrong way.`);
      for (const listener of listeners) listener(checked);
    },
  });
  const transport: DirectTransport = {
    picked: [],
    async call(name, input) {
      return openCallReply(name, await dispatch(engine.calls, name, checkInput(name, input)));
    },
    onEvent: (listener) => void listeners.push(listener),
    onConnection: () => undefined,
    onMenu: () => undefined,
    async pickSongs() {
      if (transport.picked.length === 0) return null;
      return openImportReply(await dispatch(engine.calls, 'songs.import', { paths: transport.picked }));
    },
    importDropped: () => Promise.reject(new Error('Nothing is dropped here.')),
    shell: createBrowserShell(),
    files: noFiles,
    mediaUrl: (media) => `media:${mediaPath(media)}`,
    close: () => engine.close(),
  };
  return transport;
}

const refuse = () => Promise.reject(new Error('There are no dialogs here.'));
const noFiles: FilesPort = {
  reachesSystem: false,
  pickFolder: refuse,
  locateSong: refuse,
  findMoved: refuse,
  exportTakes: refuse,
  cancelExport: () => undefined,
  showExport: refuse,
  openTake: refuse,
  prepareDrag: () => undefined,
  startDrag: () => undefined,
};
