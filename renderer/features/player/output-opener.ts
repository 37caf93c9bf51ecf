import type { PlayerSettings } from '../../../main/contract/performance.ts';
import type { AudioOutput, OutputEvents } from './audio-output.ts';
import { findOutput } from './output-devices.ts';

export type Output = Pick<
  AudioOutput,
  'send' | 'setSound' | 'setDevice' | 'sleep' | 'wake' | 'heard' | 'close'
>;
export type OpenOutput = (font: ArrayBuffer, device: string, events: OutputEvents) => Promise<Output>;

interface Wishes {
  piano(): Promise<ArrayBuffer>;
  /** The loudspeakers that are wanted now. */
  device(): PlayerSettings['output'];
  open: OpenOutput;
  events: OutputEvents;
}

/** Opens the audio output once, on the loudspeakers that are wanted last. */
export class OutputOpener {
  readonly #wishes: Wishes;
  #asked: Promise<Output> | null = null;
  #opened: Output | null = null;
  /** Loudspeakers are changed one after the other. */
  #changes: Promise<void> = Promise.resolve();
  #closed = false;

  constructor(wishes: Wishes) {
    this.#wishes = wishes;
  }

  get opened(): Output | null {
    return this.#opened;
  }

  get opening(): boolean {
    return this.#asked !== null && this.#opened === null;
  }

  /** @param begin what to do first when it is open. @throws SongleafError; the next time tries anew */
  open(begin: () => void): Promise<Output> {
    this.#asked ??= this.#make(begin).catch((error: unknown) => {
      this.#asked = null;
      throw error;
    });
    return this.#asked;
  }

  /** Plays on the loudspeakers that are wanted by now. */
  changeDevice(): Promise<void> {
    const changed = this.#changes.then(async () => {
      await this.#opened?.setDevice(await findOutput(this.#wishes.device()));
    });
    this.#changes = changed.catch(() => undefined);
    return changed;
  }

  async close(): Promise<void> {
    this.#closed = true;
    await (await this.#asked?.catch(() => null))?.close();
  }

  async #make(begin: () => void): Promise<Output> {
    const { piano, device, open, events } = this.#wishes;
    const wanted = device();
    const [font, found] = await Promise.all([piano(), findOutput(wanted)]);
    const output = await open(font, found, events);
    if (this.#closed) {
      await output.close();
      throw new Error('closed');
    }
    this.#opened = output;
    begin();
    // Others were chosen meanwhile.
    if (device() !== wanted) await this.changeDevice().catch(events.onFailure);
    return output;
  }
}
