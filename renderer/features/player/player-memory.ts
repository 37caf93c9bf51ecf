import type { PlayerSettings } from '../../../main/contract/performance.ts';
import { LateSaver } from '../../state/late-saver.ts';

/** Milliseconds after the last change until it is saved. */
const SAVE_AFTER = 600;

interface Storage {
  read(): Promise<PlayerSettings>;
  save(settings: PlayerSettings): Promise<void>;
  /** How it is now. */
  current(): PlayerSettings;
}

/** How a person likes to hear one song, as it is remembered: read once, saved a moment after every change. */
export class PlayerMemory {
  readonly #storage: Storage;
  readonly #saver = new LateSaver(SAVE_AFTER, () => this.#save());
  /** What was changed before it was known what is remembered; null since that is. */
  #early: Partial<PlayerSettings> | null = {};
  #loaded: Promise<unknown> = Promise.resolve();

  constructor(storage: Storage) {
    this.#storage = storage;
  }

  /** Whether it has been read. */
  get isKnown(): boolean {
    return this.#early === null;
  }

  /** What is remembered, but for what was changed meanwhile. @throws SongleafError */
  load(): Promise<PlayerSettings> {
    const loaded = this.#load();
    this.#loaded = loaded.catch(() => undefined);
    return loaded;
  }

  change(changed: Partial<PlayerSettings>): void {
    if (this.#early !== null) Object.assign(this.#early, changed);
    this.#saver.later();
  }

  /** Saves at once what waits to be saved. */
  flush(): Promise<void> {
    return this.#saver.now();
  }

  async #load(): Promise<PlayerSettings> {
    const remembered = await this.#storage.read();
    const settings = { ...remembered, ...this.#early };
    this.#early = null;
    return settings;
  }

  async #save(): Promise<void> {
    await this.#loaded;
    // Over what could not be read nothing is written.
    if (!this.isKnown) return;
    try {
      await this.#storage.save(this.#storage.current());
    } catch {
      // Where it cannot be kept it holds for as long as the song is open.
    }
  }
}
