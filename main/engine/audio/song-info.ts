import type { SongInfo } from '../../contract/analysis.ts';
import { checkAborted } from './audio-errors.ts';
import { withAudioFile } from './audio-file.ts';
import type { Cover } from './cover.ts';
import { hashFile } from './hash-file.ts';
import { probeAudio } from './probe.ts';
import { readTags } from './tags.ts';

/** `SongInfo` plus what the contract leaves out: pick the five fields before validating. */
export interface SongFile extends SongInfo {
  cover?: Cover;
  /** What was ignored and why, as sentences. */
  notes: string[];
}

/**
 * Reads what a file says about itself, without decoding it. `duration` is 0 where the headers do not tell it.
 * @throws SongleafError file-not-found, file-unreadable, audio-empty, audio-unsupported, audio-protected,
 *   audio-corrupt, audio-too-long, cancelled
 */
export async function readSongInfo(path: string, options: { signal?: AbortSignal } = {}): Promise<SongFile> {
  checkAborted(path, options.signal);
  const { probe, hash } = await withAudioFile(path, async (file) => {
    // First the probe: a file that is no recording is not worth hashing.
    const found = await probeAudio(file);
    return { probe: found, hash: await hashFile(file, options.signal) };
  });
  const { tags, cover, notes } = await readTags(path, probe.mimeType, true);
  const song = { hash, ...tags, duration: probe.duration ?? 0, notes };
  return cover ? { ...song, cover } : song;
}
