import type { EngineCalls, EventName } from '../contract/calls.ts';
import { toErrorReport } from '../contract/errors.ts';
import { dispatch } from './dispatch.ts';
import { type EngineMessage, hostMessageSchema } from './engine-host.ts';

/** The engine's end of the channel to the app. */
export interface EnginePort {
  post(message: EngineMessage): void;
  onMessage(listener: (message: unknown) => void): void;
  /** Ends the process. */
  exit(code: number): void;
}

export interface OpenedEngine {
  calls: EngineCalls;
  close(): Promise<void>;
}

/**
 * Runs an engine behind a port: answers calls in any order, passes events on, closes when told to. Calls that
 * arrive before the library is open wait for it.
 */
export function answerEngine(
  port: EnginePort,
  open: (emit: (event: EventName, payload: unknown) => void, reopen: () => void) => Promise<OpenedEngine>,
): void {
  const emit = (event: EventName, payload: unknown) => port.post({ type: 'event', event, payload });
  let opened = openOnce();

  function openOnce(): Promise<OpenedEngine> {
    const opening = open(emit, reopen);
    opening.then(() => port.post({ type: 'ready' }), fail);
    return opening;
  }

  function fail(error: unknown): void {
    port.post({ type: 'failed', error: toErrorReport(error) });
    port.exit(1);
  }

  /** Calls that arrive meanwhile wait for the library that comes. */
  function reopen(): void {
    opened = opened.then(async (engine) => {
      try {
        await engine.close();
      } catch (error) {
        // What is half closed may hold the library; a new process does not.
        fail(error);
        throw error;
      }
      const next = await openOnce();
      emit('songs.changed', {});
      return next;
    });
    // Told above; whoever waits for it is answered by the end of the process.
    opened.catch(() => undefined);
  }

  port.onMessage(async (message) => {
    const parsed = hostMessageSchema.safeParse(message);
    if (!parsed.success) throw new Error(`Not a message of the app: ${parsed.error.message}`);
    // Where the library cannot be opened the process ends, which answers whatever still waits here.
    const engine = await opened.catch(() => null);
    if (engine === null) return;
    if (parsed.data.type === 'close') {
      await engine.close();
      port.exit(0);
      return;
    }
    const { id, name, input } = parsed.data;
    port.post({ type: 'reply', id, reply: await dispatch(engine.calls, name, input) });
  });
}
