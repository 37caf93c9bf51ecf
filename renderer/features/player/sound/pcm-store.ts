/** Hz of everything that is played. */
export const RATE = 44_100;
/** Frames of a chunk: 1.5 s, 262 kB. */
export const CHUNK = 65_536;
/** Chunks kept: a minute and a half, so that a usual loop is read once. */
const KEPT = 64;

/** Stretches of a recording of 16-bit stereo, the ones used last. Outside the recording is silence. */
export class PcmStore {
  readonly frames: number;
  /** In order of their last use. */
  readonly #chunks = new Map<number, Int16Array>();

  constructor(frames: number) {
    this.frames = frames;
  }

  /** @param samples left and right in turn */
  put(chunk: number, samples: Int16Array): void {
    this.#chunks.delete(chunk);
    this.#chunks.set(chunk, samples);
    for (const oldest of this.#chunks.keys()) {
      if (this.#chunks.size <= KEPT) return;
      this.#chunks.delete(oldest);
    }
  }

  /** Chunks that are needed for frames from `from` to `to` (exclusive) and are not there. */
  missing(from: number, to: number): number[] {
    const first = Math.max(0, Math.floor(from / CHUNK));
    const last = Math.floor((Math.min(to, this.frames) - 1) / CHUNK);
    const missing: number[] = [];
    for (let chunk = first; chunk <= last; chunk++) if (!this.#chunks.has(chunk)) missing.push(chunk);
    return missing;
  }

  /** Marks chunks as used. */
  touch(from: number, to: number): void {
    for (let chunk = Math.max(0, Math.floor(from / CHUNK)); chunk * CHUNK < to; chunk++) {
      const samples = this.#chunks.get(chunk);
      if (!samples) continue;
      this.#chunks.delete(chunk);
      this.#chunks.set(chunk, samples);
    }
  }

  /** Reads `left.length` frames from `from` on, ±1. What is not there is silence. */
  read(from: number, left: Float32Array, right: Float32Array): void {
    left.fill(0);
    right.fill(0);
    for (let i = 0; i < left.length; ) {
      const frame = from + i;
      if (frame < 0) {
        i = Math.min(left.length, -from);
        continue;
      }
      const chunk = Math.floor(frame / CHUNK);
      const offset = frame - chunk * CHUNK;
      const count = Math.min(left.length - i, CHUNK - offset);
      const samples = this.#chunks.get(chunk);
      if (samples) {
        const held = Math.min(count, samples.length / 2 - offset);
        for (let k = 0; k < held; k++) {
          left[i + k] = samples[2 * (offset + k)] / 32_768;
          right[i + k] = samples[2 * (offset + k) + 1] / 32_768;
        }
      }
      i += count;
    }
  }
}
