import { SongleafError } from '../../contract/errors.ts';
import { BEAT_HOP, BEAT_VALUES, SAMPLE_RATE } from './evidence.ts';
import { Growing, makeBytes } from './growing.ts';
import type { Network } from './network.ts';
import { SampleQueue } from './sample-queue.ts';
import { toByte } from './to-byte.ts';

/** Samples that a frame covers, centred on it (`models/README.md`, beatnet.onnx). */
const WINDOW = 1411;
const HALF = (WINDOW - 1) / 2;
/** Numbers that the networks carry from chunk to chunk: two LSTM layers and the last frame's features, three times. */
const STATE = 1937;
const NETWORKS = 3;
/** Frames at once (10 s): long enough to cost nothing extra, short enough to let messages in. */
const CHUNK = 500;

/** Hears beats while the audio goes by: BeatNet's networks (Heydari et al., ISMIR 2021), chunk by chunk. */
export class BeatListener {
  readonly #network: Network;
  readonly #queue = new SampleQueue(-HALF);
  readonly #heard: Growing<Uint8Array>;
  #state: Float32Array = new Float32Array(STATE);
  #frame = 0;

  constructor(network: Network, expectedSeconds: number) {
    this.#network = network;
    this.#heard = new Growing(makeBytes, ((expectedSeconds * SAMPLE_RATE) / BEAT_HOP + 2) * BEAT_VALUES);
  }

  /** Takes the next samples, 22,050 Hz mono. */
  async push(block: Float32Array): Promise<void> {
    this.#queue.push(block);
    while (this.#queue.end >= (this.#frame + CHUNK - 1) * BEAT_HOP + HALF + 1) await this.#hear(CHUNK);
  }

  /** Hears what is left. @returns the plane `beats` of the evidence */
  async finish(): Promise<{ beatFrames: number; beats: Uint8Array }> {
    const total = Math.ceil(this.#queue.end / BEAT_HOP);
    while (this.#frame < total) await this.#hear(Math.min(CHUNK, total - this.#frame));
    return { beatFrames: this.#frame, beats: this.#heard.finish() };
  }

  async #hear(frames: number): Promise<void> {
    const audio = new Float32Array((frames - 1) * BEAT_HOP + WINDOW);
    this.#queue.read(this.#frame * BEAT_HOP - HALF, audio);
    const { activations, state_next } = await this.#network.run({
      audio: { data: audio, shape: [1, audio.length] },
      state: { data: this.#state, shape: [1, STATE] },
    });
    if (activations?.length !== NETWORKS * frames * 3 || state_next?.length !== STATE) {
      throw new SongleafError('model-corrupt', 'BeatNet gave no activations.', 'Install Songleaf again.');
    }
    this.#state = Float32Array.from(state_next);
    const target = this.#heard.grow(frames * BEAT_VALUES);
    for (let network = 0; network < NETWORKS; network++) {
      for (let t = 0; t < frames; t++) {
        for (let kind = 0; kind < 2; kind++) {
          target[t * BEAT_VALUES + network * 2 + kind] = toByte(
            activations[(network * frames + t) * 3 + kind],
          );
        }
      }
    }
    this.#frame += frames;
    this.#queue.dropBefore(this.#frame * BEAT_HOP - HALF);
  }
}
