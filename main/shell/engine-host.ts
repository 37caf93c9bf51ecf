import * as z from 'zod';
import type { CallName } from '../contract/calls.ts';
import { errorReportSchema, SongleafError } from '../contract/errors.ts';
import { type CheckedEvent, checkEvent, eventMessageSchema, replySchema } from './wire.ts';

/** The engine's process, however it was started: Electron's utility process, or a child process of Node's. */
export interface EngineChild {
  postMessage(message: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
  onExit(listener: (code: number | null) => void): void;
  kill(): void;
}

/** What the engine's process says. */
export const engineMessageSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('ready') }),
  /** The library could not be opened; the process ends after this. */
  z.strictObject({ type: z.literal('failed'), error: errorReportSchema }),
  z.strictObject({ type: z.literal('reply'), id: z.int().min(0), reply: replySchema }),
  z.strictObject({ type: z.literal('event'), ...eventMessageSchema.shape }),
]);
export type EngineMessage = z.infer<typeof engineMessageSchema>;

/** What the engine's process is told. */
export const hostMessageSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('call'), id: z.int().min(0), name: z.string(), input: z.unknown() }),
  z.strictObject({ type: z.literal('close') }),
]);
export type HostMessage = z.infer<typeof hostMessageSchema>;

export interface EngineHostOptions {
  fork: () => EngineChild;
  onEvent: (event: CheckedEvent) => void;
  /** Milliseconds that go only forwards. */
  now?: () => number;
}

interface PendingCall {
  name: CallName;
  resolve: (value: unknown) => void;
  reject: (error: SongleafError) => void;
}

/** More crashes than this within a minute and the engine stays down until somebody asks for something. */
const CRASHES_A_MINUTE = 3;
/** Milliseconds that the engine has to store its work when the app quits. */
const CLOSE_GRACE = 5_000;

/**
 * Owns the engine's process: starts it at the first call, relays calls and events, and starts it again when it
 * has died. Unfinished jobs survive that, because the queue is on the disk; calls under way are rejected.
 */
export class EngineHost {
  readonly #options: EngineHostOptions;
  readonly #now: () => number;
  readonly #pending = new Map<number, PendingCall>();
  #child: EngineChild | null = null;
  #failure: SongleafError | null = null;
  #nextId = 1;
  #crashes: number[] = [];
  #closing = false;
  /** Ends it on purpose, to start it anew. */
  #restarting = false;

  constructor(options: EngineHostOptions) {
    this.#options = options;
    this.#now = options.now ?? (() => performance.now());
  }

  /** @throws SongleafError what the engine reports, or `internal` where it died while it worked on this. */
  call(name: CallName, input: unknown): Promise<unknown> {
    if (this.#closing) {
      return Promise.reject(closing());
    }
    this.start();
    const id = this.#nextId++;
    return new Promise((resolve, reject) => {
      this.#pending.set(id, { name, resolve, reject });
      this.#post({ type: 'call', id, name, input });
    });
  }

  /** Starts the engine unless it runs. Its stored jobs go on from there. */
  start(): void {
    if (this.#child !== null || this.#closing) return;
    const child = this.#options.fork();
    this.#child = child;
    this.#failure = null;
    child.onMessage((message) => this.#receive(message));
    child.onExit((code) => this.#ended(code));
  }

  /** Lets the engine store its work and end; ends it by force after five seconds. */
  async close(): Promise<void> {
    this.#closing = true;
    await this.#end();
  }

  /** Ends the engine and starts it anew, with whatever `fork` now gives it: another library, say. */
  async restart(): Promise<void> {
    this.#restarting = true;
    try {
      await this.#end();
    } finally {
      this.#restarting = false;
    }
    this.start();
    this.#options.onEvent({ event: 'songs.changed', payload: {} });
  }

  async #end(): Promise<void> {
    const child = this.#child;
    if (child === null) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(() => child.kill(), CLOSE_GRACE);
      child.onExit(() => {
        clearTimeout(timer);
        resolve();
      });
      this.#post({ type: 'close' });
    });
  }

  #post(message: HostMessage): void {
    this.#child?.postMessage(message);
  }

  #receive(message: unknown): void {
    const parsed = engineMessageSchema.safeParse(message);
    if (!parsed.success) {
      this.#rejectAll(broken(`The engine answered in a way that is not understood: ${parsed.error.message}`));
      return;
    }
    const said = parsed.data;
    if (said.type === 'failed') {
      this.#failure = new SongleafError(said.error.code, said.error.message, said.error.hint);
    } else if (said.type === 'event') {
      const event = checkEvent({ event: said.event, payload: said.payload });
      if (event !== null) this.#options.onEvent(event);
    } else if (said.type === 'reply') {
      const call = this.#pending.get(said.id);
      this.#pending.delete(said.id);
      if (call === undefined) return;
      if (said.reply.ok) call.resolve(said.reply.value);
      else
        call.reject(
          new SongleafError(said.reply.error.code, said.reply.error.message, said.reply.error.hint),
        );
    }
  }

  #ended(code: number | null): void {
    this.#child = null;
    // A library that cannot be opened is tried again when somebody asks for something.
    const crashed = this.#failure === null && !this.#closing && !this.#restarting;
    const running = crashed ? this.#countCrash() <= CRASHES_A_MINUTE : this.#restarting;
    this.#rejectAll(this.#whyEnded(code, running));
    if (!crashed) return;
    this.#options.onEvent({ event: 'engine.restarted', payload: { running } });
    if (!running) return;
    this.start();
    // The window reads everything anew: what it last heard may be from before the crash.
    this.#options.onEvent({ event: 'songs.changed', payload: {} });
  }

  /** @returns how many there were within a minute */
  #countCrash(): number {
    const now = this.#now();
    this.#crashes = [...this.#crashes.filter((time) => now - time < 60_000), now];
    return this.#crashes.length;
  }

  /** @param again whether it is started again at once */
  #whyEnded(code: number | null, again: boolean): SongleafError {
    if (this.#closing) return closing();
    const then = again ? 'was started again' : 'waits until it is needed';
    return (
      this.#failure ?? broken(`The engine stopped while it worked (exit code ${code ?? 'none'}) and ${then}.`)
    );
  }

  #rejectAll(error: SongleafError): void {
    const pending = [...this.#pending.values()];
    this.#pending.clear();
    for (const call of pending) call.reject(error);
  }
}

function closing(): SongleafError {
  return new SongleafError('cancelled', 'Songleaf is closing.', 'Start it again to go on where you were.');
}

function broken(message: string): SongleafError {
  return new SongleafError(
    'internal',
    message,
    'Unfinished songs go on by themselves. Try again; if it keeps happening, report it with the name of the file.',
  );
}
