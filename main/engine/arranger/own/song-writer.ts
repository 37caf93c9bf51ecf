import { SongleafError } from '../../../contract/errors.ts';
import { KEYS } from '../../transcription/evidence.ts';
import type { Network } from '../../transcription/network.ts';
import { toByte } from '../../transcription/to-byte.ts';
import { keepLast } from '../keep-last.ts';
import { HEARD_VALUES, MELODY_VALUES, type Planes, STEP_VALUES } from './planes.ts';
import { STYLE_VALUES } from './style.ts';

/** Channels between the reading and the writing network (`models/songleaf_models/arranger/network.py`). */
const SEEN = 32;
/** Steps at once, and what an answer may depend on at each side. */
const CHUNK = 1024;
const CONTEXT = 136;
/** What the writing network answers of each step and key. */
const ANSWERS = 5;

/** Probabilities in 8 bits, so that nothing after them depends on the machine: `steps × KEYS` each. */
export interface Written {
  /** That the melody begins a note. */
  melody: Uint8Array;
  /** That an instrument that leads does. */
  bridge: Uint8Array;
  /** That the piano does. */
  piano: Uint8Array;
  /** That a note of bridge or piano sounds on. */
  hold: Uint8Array;
  /** How hard, 0 to 255, where a note begins. */
  velocity: Uint8Array;
}

/** Steps [first, last) and, with their context, [low, high). */
interface Chunk {
  low: number;
  first: number;
  last: number;
  high: number;
  seen: Float32Array;
  step: Float32Array;
}

/** What the reading network saw in a song. */
export interface Reading {
  steps: number;
  chunks: readonly Chunk[];
}

/** Reads a song, in chunks that do not show in the answer. @throws SongleafError `model-corrupt` */
export async function readSong(planes: Planes, reader: Network, chunk = CHUNK): Promise<Reading> {
  const steps = planes.step.length / STEP_VALUES;
  const chunks: Chunk[] = [];
  for (let first = 0; first < steps; first += chunk) {
    const last = Math.min(steps, first + chunk);
    const low = Math.max(0, first - CONTEXT);
    const high = Math.min(steps, last + CONTEXT);
    const cut = (plane: Float32Array, width: number) => ({
      data: plane.slice(low * width, high * width),
      shape: [1, high - low, width],
    });
    const step = cut(planes.step, STEP_VALUES);
    const { seen } = await reader.run({
      heard: cut(planes.heard, HEARD_VALUES),
      melody: cut(planes.melody, MELODY_VALUES),
      step,
    });
    if (seen?.length !== SEEN * (high - low) * KEYS) throw corrupt();
    chunks.push({ low, first, last, high, seen, step: step.data });
  }
  return { steps, chunks };
}

/** What was written where nothing stood yet: takes that differ by chance alone begin alike. */
const keepOpening = keepLast<Reading, Written>();

/** Writes on a song that was read, as often as asked. */
export class SongWriter {
  readonly #writer: Network;
  readonly #reading: Reading;

  constructor(reading: Reading, writer: Network) {
    this.#reading = reading;
    this.#writer = writer;
  }

  /**
   * Writes where nothing stands yet; the answer is kept for the next take in the same style.
   * @param style `steps × STYLE_VALUES`
   * @throws SongleafError `model-corrupt`
   */
  async open(style: Float32Array): Promise<Written> {
    return await keepOpening(this.#reading, Array.from(style), () => {
      const nothing = new Float32Array(this.#reading.steps * KEYS);
      return this.write(style, nothing, nothing);
    });
  }

  /**
   * @param style `steps × STYLE_VALUES`
   * @param settled `steps × KEYS`, 1 where a note of piano or bridge begins, 0 where none does, and anything where
   * `visible` is 0
   * @param visible `steps × KEYS`, 1 where `settled` holds
   * @throws SongleafError `model-corrupt`
   */
  async write(style: Float32Array, settled: Float32Array, visible: Float32Array): Promise<Written> {
    const size = this.#reading.steps * KEYS;
    const written = Array.from({ length: ANSWERS }, () => new Uint8Array(size));
    for (const { low, first, last, high, seen, step } of this.#reading.chunks) {
      const count = high - low;
      const cut = (plane: Float32Array, width: number) => ({
        data: plane.slice(low * width, high * width),
        shape: [1, count, width],
      });
      const { notes } = await this.#writer.run({
        seen: { data: seen, shape: [1, SEEN, count, KEYS] },
        step: { data: step, shape: [1, count, STEP_VALUES] },
        style: cut(style, STYLE_VALUES),
        settled: cut(settled, KEYS),
        visible: cut(visible, KEYS),
      });
      if (notes?.length !== ANSWERS * count * KEYS) throw corrupt();
      written.forEach((plane, answer) => {
        const shift = answer * count * KEYS - low * KEYS;
        for (let i = first * KEYS; i < last * KEYS; i++) plane[i] = toByte(notes[shift + i]);
      });
    }
    const [melody, bridge, piano, hold, velocity] = written;
    return { melody, bridge, piano, hold, velocity };
  }
}

function corrupt(): SongleafError {
  return new SongleafError(
    'model-corrupt',
    'The arranger’s network gave no notes.',
    'Install Songleaf again.',
  );
}
