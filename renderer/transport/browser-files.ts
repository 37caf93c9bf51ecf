import { SongleafError } from '../../main/contract/errors.ts';
import { exportResultSchema } from '../../main/contract/export.ts';
import { foundSongsSchema, type Song, songSchema } from '../../main/contract/library.ts';
import type { FilesPort } from './files-port.ts';
import { pickFiles } from './pick-files.ts';
import { openReply } from './transport.ts';
import { uploadFile, uploadSongs } from './upload.ts';

const MUSICXML = 'application/vnd.recordare.musicxml+xml';

/** Files by upload and download. @param readMissingSizes sizes in bytes of the recordings that are missing */
export function createBrowserFiles(server: URL, readMissingSizes: () => Promise<number[]>): FilesPort {
  /** Breaks off an export, by its id: the server notices that nobody waits. */
  const running = new Map<string, AbortController>();

  return {
    reachesSystem: false,
    async pickFolder() {
      const files = await pickFiles({ folder: true, several: true });
      return files.length === 0 ? null : uploadSongs(server, files);
    },
    async locateSong(songId) {
      const [file] = await pickFiles();
      if (file === undefined) return null;
      return openReply('songs.relink', await uploadFile(server, file, { song: songId }), songSchema);
    },
    async findMoved() {
      const sizes = new Set(await readMissingSizes());
      const files = await pickFiles({ folder: true, several: true });
      if (files.length === 0) return null;
      const found: Song[] = [];
      let missing = sizes.size;
      // Only what may be one of them is sent at all.
      for (const file of files.filter(({ size }) => sizes.has(size))) {
        const reply = await uploadFile(server, file, { moved: '1' });
        const result = openReply('songs.findMoved', reply, foundSongsSchema);
        found.push(...result.found);
        missing = result.missing;
        if (missing === 0) break;
      }
      return { found, missing };
    },
    async exportTakes(request) {
      const controller = new AbortController();
      running.set(request.id, controller);
      try {
        const response = await fetch(new URL('export', server), {
          method: 'POST',
          body: JSON.stringify(request),
          signal: controller.signal,
        });
        const result = openReply('the export', await response.json(), exportResultSchema);
        if (result.download !== null) download(new URL(result.download, server));
        return result;
      } catch (cause) {
        if (controller.signal.aborted) {
          return { id: request.id, written: [], failed: [], cancelled: true, folder: null, download: null };
        }
        if (cause instanceof SongleafError) throw cause;
        throw new SongleafError(
          'internal',
          'The export was broken off.',
          'Check that "songleaf serve" still runs, and export again.',
          { cause },
        );
      } finally {
        running.delete(request.id);
      }
    },
    cancelExport: (exportId) => running.get(exportId)?.abort(),
    showExport: () => Promise.reject(unreachable()),
    openTake: () => Promise.reject(unreachable()),
    prepareDrag: () => undefined,
    startDrag(take, name, event) {
      const url = new URL('take.musicxml', server);
      url.searchParams.set('take', JSON.stringify(take));
      event.dataTransfer?.setData('DownloadURL', `${MUSICXML}:${name.replaceAll(':', '_')}:${url.href}`);
      if (event.dataTransfer) event.dataTransfer.effectAllowed = 'copy';
    },
  };
}

function unreachable(): SongleafError {
  return new SongleafError(
    'bad-request',
    'A browser does not let a page reach other programs.',
    'Open the downloaded file from the browser.',
  );
}

function download(url: URL): void {
  const link = document.createElement('a');
  link.href = url.href;
  link.download = '';
  link.click();
}
