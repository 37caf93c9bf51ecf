import { FLUX_BANDS, HOP, SAMPLE_RATE } from './evidence.ts';
import { FluxMeter } from './flux.ts';
import { Growing, makeBytes } from './growing.ts';
import { SampleQueue } from './sample-queue.ts';

/** Attack and loudness of a recording, planes of the evidence on its axis `frames`. */
export interface Attack {
  frames: number;
  flux: Uint8Array;
  loudness: Uint8Array;
}

const HALF = FluxMeter.window / 2;
/** Frames at once. */
const CHUNK = 1024;

/** Measures spectral flux and loudness while the audio goes by. */
export class FluxListener {
  readonly #meter = new FluxMeter();
  readonly #queue = new SampleQueue(-HALF);
  readonly #flux: Growing<Uint8Array>;
  readonly #loudness: Growing<Uint8Array>;
  readonly #samples = new Float32Array(CHUNK * HOP + FluxMeter.window);
  #frame = 0;

  constructor(expectedSeconds: number) {
    const expected = (expectedSeconds * SAMPLE_RATE) / HOP + 2;
    this.#flux = new Growing(makeBytes, expected * FLUX_BANDS);
    this.#loudness = new Growing(makeBytes, expected);
  }

  /** Takes the next samples, 22,050 Hz mono. */
  push(block: Float32Array): void {
    this.#queue.push(block);
    while (this.#queue.end >= (this.#frame + CHUNK) * HOP + HALF) this.#measure(CHUNK);
  }

  /** Measures what is left. */
  finish(): Attack {
    const total = Math.ceil(this.#queue.end / HOP);
    while (this.#frame < total) this.#measure(Math.min(CHUNK, total - this.#frame));
    return { frames: this.#frame, flux: this.#flux.finish(), loudness: this.#loudness.finish() };
  }

  #measure(frames: number): void {
    this.#queue.read(this.#frame * HOP - HALF, this.#samples);
    const flux = this.#flux.grow(frames * FLUX_BANDS);
    const loudness = this.#loudness.grow(frames);
    for (let i = 0; i < frames; i++) {
      loudness[i] = this.#meter.measure(this.#samples, i * HOP, flux, i * FLUX_BANDS);
    }
    this.#frame += frames;
    this.#queue.dropBefore(this.#frame * HOP - HALF);
  }
}
