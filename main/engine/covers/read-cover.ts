import { withAudioFile } from '../audio/audio-file.ts';
import { probeAudio } from '../audio/probe.ts';
import { readTags } from '../audio/tags.ts';

/** The cover in a recording, as it lies there; null where it has none, undefined where the file cannot be read. */
export async function readCover(file: string): Promise<Uint8Array | null | undefined> {
  try {
    const { mimeType } = await withAudioFile(file, probeAudio);
    const { cover } = await readTags(file, mimeType, true);
    return cover?.bytes ?? null;
  } catch {
    return undefined;
  }
}
