import { mediaPath } from '../../main/contract/media.ts';
import { checkEvent } from '../../main/shell/wire.ts';
import type { SongleafApi } from '../../preload/api.ts';
import { createAppFiles } from './app-files.ts';
import { createAppShell } from './app-shell.ts';
import { noImport } from './import-results.ts';
import { checkInput, openCallReply, openImportReply, type Transport } from './transport.ts';

/** Reaches the engine through the app's preload. */
export function createAppTransport(api: SongleafApi): Transport {
  return {
    async call(name, input) {
      return openCallReply(name, await api.call(name, checkInput(name, input)));
    },
    onEvent(listener) {
      api.onEvent((message) => {
        const event = checkEvent(message);
        if (event !== null) listener(event);
      });
    },
    // The app's engine is always in reach: where its process dies, the calls under way fail and it starts again.
    onConnection: () => undefined,
    onMenu(listener) {
      api.onMenu(listener);
    },
    async pickSongs() {
      return openImportReply(await api.pickSongs());
    },
    async importDropped(data) {
      // Folders are files to the app, which looks into them by itself.
      return openImportReply(await api.importDropped([...data.files])) ?? noImport;
    },
    shell: createAppShell(api),
    files: createAppFiles(api),
    mediaUrl: (media) => `media://songleaf${mediaPath(media)}`,
  };
}
