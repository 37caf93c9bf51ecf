import { SongleafError } from '../../main/contract/errors.ts';
import { type CheckedEvent, checkEvent, responseSchema } from '../../main/shell/wire.ts';

interface PendingCall {
  resolve: (reply: unknown) => void;
  reject: (error: SongleafError) => void;
}

/** Milliseconds before the first and at most before any later attempt to reach the server again. */
const FIRST_RETRY = 500;
const LAST_RETRY = 8_000;

function lost(): SongleafError {
  return new SongleafError(
    'internal',
    'The connection to Songleaf was lost.',
    'Look at the terminal that runs "songleaf serve": if it has ended, start it again.',
  );
}

/** Calls and events over one WebSocket that opens itself again when it breaks. */
export class CallSocket {
  readonly #url: string;
  readonly #pending = new Map<number, PendingCall>();
  readonly #onEvent: (event: CheckedEvent) => void;
  readonly #onConnection: (connected: boolean) => void;
  #socket: WebSocket;
  #waiting: string[] = [];
  #nextId = 1;
  #retry = FIRST_RETRY;

  constructor(
    url: string,
    onEvent: (event: CheckedEvent) => void,
    onConnection: (connected: boolean) => void,
  ) {
    this.#url = url;
    this.#onEvent = onEvent;
    this.#onConnection = onConnection;
    this.#socket = this.#open();
  }

  /** @returns the reply, unopened. @throws SongleafError where the connection breaks before it. */
  send(name: string, input: unknown): Promise<unknown> {
    const id = this.#nextId++;
    const message = JSON.stringify({ id, name, input });
    return new Promise((resolve, reject) => {
      this.#pending.set(id, { resolve, reject });
      if (this.#socket.readyState === WebSocket.OPEN) this.#socket.send(message);
      else this.#waiting.push(message);
    });
  }

  #open(): WebSocket {
    const socket = new WebSocket(this.#url);
    socket.addEventListener('open', () => {
      this.#retry = FIRST_RETRY;
      for (const message of this.#waiting) socket.send(message);
      this.#waiting = [];
      this.#onConnection(true);
    });
    socket.addEventListener('message', (message) => this.#receive(String(message.data)));
    socket.addEventListener('close', () => {
      for (const call of this.#pending.values()) call.reject(lost());
      this.#pending.clear();
      this.#waiting = [];
      this.#onConnection(false);
      setTimeout(() => {
        this.#socket = this.#open();
      }, this.#retry);
      this.#retry = Math.min(this.#retry * 2, LAST_RETRY);
    });
    return socket;
  }

  #receive(text: string): void {
    const message: unknown = JSON.parse(text);
    const event = checkEvent(message);
    if (event !== null) {
      this.#onEvent(event);
      return;
    }
    const response = responseSchema.safeParse(message);
    if (!response.success || response.data.id === null) return;
    this.#pending.get(response.data.id)?.resolve(response.data.reply);
    this.#pending.delete(response.data.id);
  }
}
