import type { SongSound } from '../../../main/contract/media.ts';
import type { OpenSound } from './sound-source.ts';

/** Opens one of a song's sounds: the one that was asked for last, as making a voice takes a minute. */
export class SoundOpener {
  readonly #open: (name: SongSound) => Promise<OpenSound>;
  /** On its way. */
  #asked: SongSound | null = null;
  #opened: { name: SongSound; sound: OpenSound } | null = null;

  constructor(open: (name: SongSound) => Promise<OpenSound>) {
    this.#open = open;
  }

  get opening(): boolean {
    return this.#asked !== null;
  }

  get opened(): { name: SongSound; sound: OpenSound } | null {
    return this.#opened;
  }

  /** Whether this sound was opened, and nothing else asked for meanwhile. Throws only while it is the one asked for. */
  async open(name: SongSound): Promise<boolean> {
    if (this.#asked === name) return false;
    if (this.#opened?.name === name) {
      this.#asked = null;
      return false;
    }
    this.#asked = name;
    try {
      const sound = await this.#open(name);
      if (this.#asked !== name) return false;
      this.#opened = { name, sound };
    } catch (error) {
      if (this.#asked !== name) return false;
      throw error;
    } finally {
      if (this.#asked === name) this.#asked = null;
    }
    return true;
  }
}
