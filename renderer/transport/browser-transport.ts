import { mediaPath } from '../../main/contract/media.ts';
import type { CheckedEvent } from '../../main/shell/wire.ts';
import { createBrowserFiles } from './browser-files.ts';
import { createBrowserShell } from './browser-shell.ts';
import { CallSocket } from './call-socket.ts';
import { pickFiles, readDropped } from './pick-files.ts';
import { checkInput, openCallReply, type Transport } from './transport.ts';
import { uploadSongs } from './upload.ts';

/** Reaches the engine through `songleaf serve`: calls over a WebSocket, files by upload, exports as downloads. */
export function createBrowserTransport(server: URL): Transport {
  const eventListeners: ((event: CheckedEvent) => void)[] = [];
  const connectionListeners: ((connected: boolean) => void)[] = [];
  const socketUrl = new URL('calls', server);
  socketUrl.protocol = server.protocol === 'https:' ? 'wss:' : 'ws:';
  const socket = new CallSocket(
    socketUrl.href,
    (event) => {
      for (const listener of eventListeners) listener(event);
    },
    (connected) => {
      for (const listener of connectionListeners) listener(connected);
    },
  );

  const transport: Transport = {
    async call(name, input) {
      return openCallReply(name, await socket.send(name, checkInput(name, input)));
    },
    onEvent: (listener) => void eventListeners.push(listener),
    onConnection: (listener) => void connectionListeners.push(listener),
    onMenu: () => undefined,
    async pickSongs() {
      const files = await pickFiles({ several: true });
      return files.length === 0 ? null : uploadSongs(server, files);
    },
    async importDropped(data) {
      return await uploadSongs(server, await readDropped(data));
    },
    shell: createBrowserShell(),
    files: createBrowserFiles(server, () => transport.call('songs.missingSizes', {})),
    mediaUrl: (media) => new URL(`media${mediaPath(media)}`, server).href,
  };
  return transport;
}
