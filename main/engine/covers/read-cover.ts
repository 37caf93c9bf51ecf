import { stat } from 'node:fs/promises';
import { withAudioFile } from '../audio/audio-file.ts';
import { probeAudio } from '../audio/probe.ts';
import { readTags } from '../audio/tags.ts';

/**
 * The cover in a recording, as it lies there; null where it has none, undefined where the file cannot be read or is
 * written while it is read.
 */
export async function readCover(file: string): Promise<Uint8Array | null | undefined> {
  try {
    const before = await stat(file);
    const { mimeType } = await withAudioFile(file, probeAudio);
    const { cover } = await readTags(file, mimeType, true);
    const after = await stat(file);
    const isSame = after.mtimeMs === before.mtimeMs && after.size === before.size && after.ino === before.ino;
    return isSame ? (cover?.bytes ?? null) : undefined;
  } catch {
    return undefined;
  }
}
