import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { emptyAudio, fileError, notAFile } from './audio-errors.ts';

/** A regular, non-empty file that is read at any position. */
export interface AudioFile {
  readonly path: string;
  /** Bytes, when it was opened. */
  readonly size: number;
  /**
   * Reads up to `length` bytes at `position`; fewer only at the end of the file.
   * @throws SongleafError file-unreadable
   */
  read(position: number, length: number): Promise<Uint8Array>;
  close(): Promise<void>;
}

/**
 * Opens a file for reading.
 * @throws SongleafError file-not-found, file-unreadable (also for folders, pipes and devices), audio-empty (no bytes)
 */
export async function openAudioFile(path: string): Promise<AudioFile> {
  let handle: FileHandle;
  try {
    // Without O_NONBLOCK, opening a named pipe would wait for a writer for ever. Windows has neither.
    handle = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  } catch (cause) {
    // Windows refuses to open a folder at all.
    if (cause instanceof Error && 'code' in cause && cause.code === 'EISDIR') throw notAFile(path, true);
    throw fileError(path, cause);
  }
  try {
    const stat = await handle.stat();
    if (!stat.isFile()) throw notAFile(path, stat.isDirectory());
    if (stat.size === 0) throw emptyAudio(path, 'is an empty file');
    return {
      path,
      size: stat.size,
      read: (at, length) => readAt(handle, path, at, length),
      close: () => handle.close(),
    };
  } catch (error) {
    await handle.close();
    throw error;
  }
}

async function readAt(
  handle: FileHandle,
  path: string,
  position: number,
  length: number,
): Promise<Uint8Array> {
  const bytes = new Uint8Array(length);
  let filled = 0;
  try {
    while (filled < length) {
      const { bytesRead } = await handle.read(bytes, filled, length - filled, position + filled);
      if (bytesRead === 0) break;
      filled += bytesRead;
    }
  } catch (cause) {
    throw fileError(path, cause);
  }
  return filled === length ? bytes : bytes.subarray(0, filled);
}

/** Opens, hands over and always closes. Throws what `openAudioFile` and `use` throw. */
export async function withAudioFile<T>(path: string, use: (file: AudioFile) => Promise<T>): Promise<T> {
  const file = await openAudioFile(path);
  try {
    return await use(file);
  } finally {
    await file.close();
  }
}
