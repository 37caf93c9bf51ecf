import type { DecodeReply, DecodeRequest } from '../../../preload/decode-messages.ts';
import { decodeReplySchema } from './decoder-messages.ts';

/** One decoder's channel: one question at a time. */
export class DecoderChannel {
  readonly #port: Electron.MessagePortMain;
  readonly #giveBack: () => void;
  #answer: ((reply: DecodeReply | null) => void) | null = null;
  #closed = false;

  constructor(port: Electron.MessagePortMain, giveBack: () => void) {
    this.#port = port;
    this.#giveBack = giveBack;
    port.on('message', ({ data }) => {
      const reply = decodeReplySchema.safeParse(data);
      this.#settle(reply.success ? reply.data : { type: 'failed', reason: 'The answer was not understood.' });
    });
    // The window has died: of a hostile file, or because memory ran out.
    port.on('close', () => this.close());
    port.start();
  }

  /** @returns null where the decoder died or was closed, or the signal was given. */
  ask(request: DecodeRequest, signal?: AbortSignal): Promise<DecodeReply | null> {
    if (this.#closed || signal?.aborted) return Promise.resolve(null);
    return new Promise((resolve) => {
      const stop = (): void => this.#settle(null);
      signal?.addEventListener('abort', stop, { once: true });
      this.#answer = (reply) => {
        signal?.removeEventListener('abort', stop);
        resolve(reply);
      };
      this.#port.postMessage(request);
    });
  }

  /** Gives the decoder back. May be called more than once. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#settle(null);
    this.#port.close();
    this.#giveBack();
  }

  #settle(reply: DecodeReply | null): void {
    const answer = this.#answer;
    this.#answer = null;
    answer?.(reply);
  }
}
