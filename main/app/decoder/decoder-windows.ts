import { BrowserWindow, MessageChannelMain, type UtilityProcess } from 'electron';
import { DECODER_ROLE } from '../../../preload/api.ts';
import { channels } from '../../../preload/channels.ts';
import { APP_URL } from '../origin.ts';
import { windowOptions } from '../window-options.ts';
import { type DecoderReply, decoderRequestSchema } from './decoder-messages.ts';

/** Hidden windows that the engine's process borrows to decode in, each for one file. */
export class DecoderWindows {
  readonly #preload: string;
  readonly #open = new Map<number, BrowserWindow>();

  constructor(preload: string) {
    this.#preload = preload;
  }

  /** Answers a request of the engine's process. @returns false where the message is something else. */
  answer(engine: UtilityProcess, message: unknown): boolean {
    const request = decoderRequestSchema.safeParse(message);
    if (!request.success) return false;
    const { type, id } = request.data;
    if (type === 'decoder-done') this.#close(id);
    else void this.#lend(engine, id);
    return true;
  }

  /** Takes all of them back. */
  close(): void {
    for (const id of [...this.#open.keys()]) this.#close(id);
  }

  async #lend(engine: UtilityProcess, id: number): Promise<void> {
    const { webPreferences } = windowOptions(this.#preload, false);
    const window = new BrowserWindow({
      show: false,
      webPreferences: { ...webPreferences, additionalArguments: [DECODER_ROLE], backgroundThrottling: false },
    });
    this.#open.set(id, window);
    try {
      await window.loadURL(`${APP_URL}decoder.html`);
      const { port1, port2 } = new MessageChannelMain();
      window.webContents.postMessage(channels.decoder, null, [port2]);
      engine.postMessage({ type: 'decoder-lent', id } satisfies DecoderReply, [port1]);
    } catch (error) {
      process.stderr.write(`The decoder's window could not be opened: ${(error as Error).message}\n`);
      engine.postMessage({ type: 'decoder-refused', id } satisfies DecoderReply);
      this.#close(id);
    }
  }

  #close(id: number): void {
    const window = this.#open.get(id);
    this.#open.delete(id);
    if (window !== undefined && !window.isDestroyed()) window.destroy();
  }
}
