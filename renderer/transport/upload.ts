import { SongleafError, toErrorReport } from '../../main/contract/errors.ts';
import type { ImportResult } from '../../main/contract/library.ts';
import { MAX_UPLOAD } from '../../main/shell/wire.ts';
import { mergeImports, noImport } from './import-results.ts';
import { openImportReply } from './transport.ts';

/** Uploads and adds files, one after the other: the disk is the same, and the first song can already be worked on. */
export async function uploadSongs(server: URL, files: readonly File[]): Promise<ImportResult> {
  const results: ImportResult[] = [];
  for (const file of files) results.push(await uploadSong(server, file));
  return mergeImports(results);
}

/** Uploads and adds one file. A failure is part of the result, so that it does not keep the others out. */
async function uploadSong(server: URL, file: File): Promise<ImportResult> {
  try {
    return openImportReply(await uploadFile(server, file)) ?? noImport;
  } catch (error) {
    return { ...noImport, failed: [{ path: file.name, error: toErrorReport(error) }] };
  }
}

/**
 * Sends a file to `songleaf serve`.
 * @param purpose what it is for, where it is no new song
 * @returns the reply, unopened. @throws SongleafError `audio-too-long`, `file-unreadable`, `bad-request`
 */
export async function uploadFile(
  server: URL,
  file: File,
  purpose: Readonly<Record<string, string>> = {},
): Promise<unknown> {
  if (file.size > MAX_UPLOAD) {
    throw new SongleafError(
      'audio-too-long',
      `${file.name} is larger than 2 GB.`,
      'Convert it to FLAC or MP3, or add it with the terminal: songleaf import FILE',
    );
  }
  const url = new URL('upload', server);
  url.searchParams.set('name', file.name);
  for (const [name, value] of Object.entries(purpose)) url.searchParams.set(name, value);
  let response: Response;
  try {
    response = await fetch(url, { method: 'POST', body: file });
  } catch (cause) {
    throw new SongleafError(
      'file-unreadable',
      `${file.name} could not be sent to Songleaf.`,
      'Check that you may read the file and that it is still there, and that "songleaf serve" still runs.',
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
  return await response.json();
}
