import { createHash } from 'node:crypto';
import { checkAborted } from './audio-errors.ts';
import { type AudioFile, withAudioFile } from './audio-file.ts';

const BLOCK = 1024 * 1024;

/**
 * SHA-256 of the file's bytes, 64 hexadecimal digits, without holding the file in memory.
 * @throws SongleafError cancelled, file-unreadable
 */
export async function hashFile(file: AudioFile, signal?: AbortSignal): Promise<string> {
  const hash = createHash('sha256');
  for (let at = 0; ; at += BLOCK) {
    checkAborted(file.path, signal);
    const block = await file.read(at, BLOCK);
    hash.update(block);
    if (block.length < BLOCK) return hash.digest('hex');
  }
}

/** Like `hashFile`, of the file at a path. @throws SongleafError also `file-not-found` */
export async function hashFileAt(path: string, signal?: AbortSignal): Promise<string> {
  return await withAudioFile(path, (file) => hashFile(file, signal));
}
