import type { Engine } from './engine.ts';
import type { Library } from './library/library.ts';
import { ENGINE_VERSION } from './version.ts';

/** Name under which a waveform lies among what was heard. */
const STAGE = 'waveform';

/** Waveforms of the library's songs: measured once, kept beside what was heard, one for all who ask at once. */
export class Waveforms {
  readonly #engine: Engine;
  readonly #library: Library;
  readonly #now: () => number;
  readonly #running = new Map<string, Promise<Uint8Array>>();

  constructor(engine: Engine, library: Library, now: () => number) {
    this.#engine = engine;
    this.#library = library;
    this.#now = now;
  }

  /** Pairs of bytes, see `measureWaveform`. @throws SongleafError `song-unknown` and what decoding throws */
  read(songId: string): Promise<Uint8Array> {
    const running = this.#running.get(songId);
    if (running) return running;
    const promise = this.#make(songId).finally(() => this.#running.delete(songId));
    this.#running.set(songId, promise);
    return promise;
  }

  async #make(songId: string): Promise<Uint8Array> {
    const { evidence, songs } = this.#library;
    const { path } = songs.get(songId);
    const kept = evidence.read(songId, STAGE, ENGINE_VERSION);
    if (kept) return kept;
    const bytes = await this.#engine.measureWaveform(path);
    // The song may have been removed while it was decoded; then there is nothing to keep it for.
    if (songs.find(songId)) {
      evidence.put(songId, STAGE, bytes, { engine: ENGINE_VERSION, createdAt: this.#now() });
    }
    return bytes;
  }
}
