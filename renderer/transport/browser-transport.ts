import { SongleafError, toErrorReport } from '../../main/contract/errors.ts';
import type { ImportResult } from '../../main/contract/library.ts';
import { mediaPath } from '../../main/contract/media.ts';
import { type CheckedEvent, MAX_UPLOAD, type SavedExport } from '../../main/shell/wire.ts';
import { createBrowserShell } from './browser-shell.ts';
import { CallSocket } from './call-socket.ts';
import { fetchMedia } from './fetch-media.ts';
import { mergeImports, noImport } from './import-results.ts';
import { checkInput, openCallReply, openImportReply, type Transport } from './transport.ts';

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
      const files = await pickFiles();
      return files.length === 0 ? null : transport.importDropped(files);
    },
    async importDropped(files) {
      const results: ImportResult[] = [];
      // One after the other: the disk is the same, and the first song can already be worked on.
      for (const file of files) results.push(await upload(server, file));
      return mergeImports(results);
    },
    async saveExport(takeId, format, options) {
      const file = await transport.call('takes.export', { takeId, format, options });
      download(file.name, file.type, file.base64);
      return { name: file.name };
    },
    async saveAudio(takeId, format, mix) {
      return await downloadFrom(transport.mediaUrl({ kind: 'take', takeId, mix, format }));
    },
    shell: createBrowserShell(),
    mediaUrl: (media) => new URL(`media${mediaPath(media)}`, server).href,
  };
  return transport;
}

function pickFiles(): Promise<File[]> {
  return new Promise((resolve) => {
    const input = document.createElement('input');
    input.type = 'file';
    input.multiple = true;
    input.accept = 'audio/*,.m4a,.flac,.ogg,.opus,.aif,.aiff';
    input.addEventListener('change', () => resolve([...(input.files ?? [])]));
    input.addEventListener('cancel', () => resolve([]));
    input.click();
  });
}

/** Uploads and adds one file. A failure is part of the result, so that it does not keep the others out. */
async function upload(server: URL, file: File): Promise<ImportResult> {
  try {
    if (file.size > MAX_UPLOAD) {
      throw new SongleafError(
        'audio-too-long',
        `${file.name} is larger than 2 GB.`,
        'Convert it to FLAC or MP3, or add it with the terminal: songleaf import FILE',
      );
    }
    const url = new URL('upload', server);
    url.searchParams.set('name', file.name);
    const response = await send(url, file);
    return openImportReply(response) ?? noImport;
  } catch (error) {
    return { ...noImport, failed: [{ path: file.name, error: toErrorReport(error) }] };
  }
}

async function send(url: URL, file: File): Promise<unknown> {
  let response: Response;
  try {
    response = await fetch(url, { method: 'POST', body: file });
  } catch (cause) {
    throw new SongleafError(
      'file-unreadable',
      `${file.name} could not be sent to Songleaf.`,
      'A folder cannot be added here: choose the songs in it. Otherwise check that "songleaf serve" still runs.',
      { cause },
    );
  }
  if (!response.ok) {
    throw new SongleafError(
      'bad-request',
      `Songleaf refused ${file.name}.`,
      'Open the address that "songleaf serve" printed in this browser again.',
    );
  }
  return response.json();
}

/** Has the file made, which may take a while, and then the browser store it. */
async function downloadFrom(url: string): Promise<SavedExport> {
  const first = await fetchMedia(url, { first: 0, last: 0 });
  const name = /filename\*=UTF-8''([^;]+)/.exec(first.headers.get('Content-Disposition') ?? '')?.[1];
  const link = document.createElement('a');
  link.href = url;
  link.download = '';
  link.click();
  return { name: decodeURIComponent(name ?? '') };
}

function download(name: string, type: string, base64: string): void {
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  const url = URL.createObjectURL(new Blob([bytes], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The browser has begun to read it by then; kept longer it would only hold memory.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
