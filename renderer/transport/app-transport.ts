import { mediaPath } from '../../main/contract/media.ts';
import { checkEvent, savedExportSchema } from '../../main/shell/wire.ts';
import type { SongleafApi } from '../../preload/api.ts';
import { createAppShell } from './app-shell.ts';
import { noImport } from './import-results.ts';
import { checkInput, openCallReply, openImportReply, openReply, type Transport } from './transport.ts';

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
    async importDropped(files) {
      return openImportReply(await api.importDropped(files)) ?? noImport;
    },
    async saveExport(takeId, format, options) {
      return openReply('takes.export', await api.saveExport(takeId, format, options), savedExportSchema);
    },
    async saveAudio(takeId, format, mix) {
      return openReply('media.file', await api.saveAudio(takeId, format, mix), savedExportSchema);
    },
    shell: createAppShell(api),
    mediaUrl: (media) => `media://songleaf${mediaPath(media)}`,
  };
}
