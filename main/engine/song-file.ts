import type { SongInfo } from '../contract/analysis.ts';
import { readSongInfo } from './audio/song-info.ts';

/** A file's song: its content's hash, its tags and its length, and nothing else. Throws like `readSongInfo`. */
export async function readSong(file: string): Promise<SongInfo> {
  const { hash, title, artist, album, duration } = await readSongInfo(file);
  return { hash, title, artist, album, duration };
}
