import { mediaPath } from '../../../../main/contract/media.ts';
import { openEngineCalls } from '../../../../main/engine/calls.ts';
import { dispatch } from '../../../../main/shell/dispatch.ts';
import { type CheckedEvent, checkEvent } from '../../../../main/shell/wire.ts';
import { createBrowserShell } from '../../../../renderer/transport/browser-shell.ts';
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
    async saveExport(takeId, format, options) {
      const file = await transport.call('takes.export', { takeId, format, options });
      return { name: file.name };
    },
    async saveAudio(takeId, format, mix) {
      return { name: (await engine.calls['media.file']({ kind: 'take', takeId, format, mix })).name };
    },
    shell: createBrowserShell(),
    mediaUrl: (media) => `media:${mediaPath(media)}`,
    close: () => engine.close(),
  };
  return transport;
}
