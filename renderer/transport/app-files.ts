import * as z from 'zod';
import { exportResultSchema } from '../../main/contract/export.ts';
import { foundSongsSchema, songSchema } from '../../main/contract/library.ts';
import type { SongleafApi } from '../../preload/api.ts';
import type { FilesPort } from './files-port.ts';
import { openImportReply, openReply } from './transport.ts';

/** Files through the app's dialogs. */
export function createAppFiles(api: SongleafApi): FilesPort {
  return {
    reachesSystem: true,
    async pickFolder() {
      return openImportReply(await api.pickFolder());
    },
    async locateSong(songId) {
      return openReply('songs.relink', await api.locateSong(songId), songSchema.nullable());
    },
    async findMoved() {
      return openReply('songs.findMoved', await api.findMoved(), foundSongsSchema.nullable());
    },
    async exportTakes(request) {
      return openReply('the export', await api.exportTakes(request), exportResultSchema.nullable());
    },
    cancelExport(exportId) {
      void api.cancelExport(exportId);
    },
    async showExport(exportId) {
      openReply('the export', await api.showExport(exportId), z.unknown());
    },
    async openTake(take) {
      openReply('the take', await api.openTake(take), z.unknown());
    },
    prepareDrag(take) {
      void api.prepareDrag(take);
    },
    startDrag(take, _name, event) {
      // The app begins a drag of its own, with a file on the disk.
      event.preventDefault();
      void api.dragTake(take);
    },
  };
}
