import { access } from 'node:fs/promises';
import { setImmediate } from 'node:timers/promises';
import { SongleafError } from '../contract/errors.ts';
import type { Song, SongMark } from '../contract/library.ts';
import { readCover } from './covers/read-cover.ts';
import { makeThumbnail } from './covers/thumbnail.ts';
import { nullIfCorrupt } from './library/json.ts';
import type { Library } from './library/library.ts';

/** Files looked for at once: a disk that is asleep or far away holds up only these. */
const AT_ONCE = 8;
/** Songs told of at once, so that a window is not told thousands of times. */
const TOLD_AT_ONCE = 50;

/**
 * Finds out in the background, for songs that are listed already, whether their files are still there and what is on
 * their covers, and tells what is new. Neither keeps anybody waiting.
 */
export class SongMarks {
  readonly #library: Library;
  readonly #tell: (marks: SongMark[]) => void;
  readonly #missing = new Set<string>();
  readonly #closing = new AbortController();
  #working: Promise<void> | null = null;
  #again = false;

  constructor(library: Library, tell: (marks: SongMark[]) => void) {
    this.#library = library;
    this.#tell = tell;
  }

  /** A song with what is known of its file. */
  mark(song: Song): Song {
    const { cover, missing } = this.#markOf(song.id);
    return { ...song, ...(cover ? { cover } : {}), ...(missing ? { missing } : {}) };
  }

  isMissing(songId: string): boolean {
    return this.#missing.has(songId);
  }

  /** Looks at every song anew, once more after a look that is under way. */
  look(): void {
    if (this.#closing.signal.aborted) return;
    if (this.#working) {
      this.#again = true;
      return;
    }
    this.#working = this.#lookAtAll()
      // The library may be closed or its disk gone: songs stay as they are.
      .catch(() => undefined)
      .finally(() => {
        this.#working = null;
        if (!this.#again) return;
        this.#again = false;
        this.look();
      });
  }

  /** Waits for the look that is under way; for whoever needs to know now. */
  async settle(): Promise<void> {
    while (this.#working) await this.#working;
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await this.settle();
  }

  #markOf(songId: string): SongMark {
    return {
      songId,
      cover: this.#library.covers.has(songId) === true,
      missing: this.#missing.has(songId),
    };
  }

  async #lookAtAll(): Promise<void> {
    await this.#lookForFiles();
    await this.#readCovers();
  }

  async #lookForFiles(): Promise<void> {
    const files = this.#library.songs.files();
    const changed: string[] = [];
    let next = 0;
    const walk = async () => {
      for (let file = files[next++]; file && !this.#closing.signal.aborted; file = files[next++]) {
        const isThere = await access(file.path).then(
          () => true,
          () => false,
        );
        if (isThere !== this.#missing.has(file.id)) continue;
        if (isThere) this.#missing.delete(file.id);
        else this.#missing.add(file.id);
        changed.push(file.id);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, walk));
    const known = new Set(files.map(({ id }) => id));
    for (const id of this.#missing) if (!known.has(id)) this.#missing.delete(id);
    this.#tellOf(changed);
  }

  async #readCovers(): Promise<void> {
    const { songs, covers } = this.#library;
    const fresh: string[] = [];
    for (const { id, path } of songs.files()) {
      if (this.#closing.signal.aborted) return;
      if (covers.has(id) !== undefined || this.#missing.has(id)) continue;
      const cover = await readCover(path);
      if (cover === undefined) continue;
      const picture = cover === null ? null : await makeThumbnail(cover);
      // Songs may be removed meanwhile; one whose row is damaged keeps no other from having a cover.
      if (this.#closing.signal.aborted || !nullIfCorrupt(() => songs.find(id))) continue;
      try {
        covers.put(id, picture);
      } catch (error) {
        // A full disk keeps no covers; they are looked for again next time.
        if (error instanceof SongleafError && error.code === 'file-unwritable') return;
        throw error;
      }
      if (picture !== null) fresh.push(id);
      if (fresh.length >= TOLD_AT_ONCE) this.#tellOf(fresh.splice(0));
      // Calls come first.
      await setImmediate();
    }
    this.#tellOf(fresh);
  }

  #tellOf(songIds: readonly string[]): void {
    if (songIds.length > 0) this.#tell(songIds.map((id) => this.#markOf(id)));
  }
}
