import * as z from 'zod';
import { type CallName, type CallOutput, calls, type EngineCalls } from '../contract/calls.ts';
import { SongleafError, toErrorReport } from '../contract/errors.ts';
import { callNames, pageCallNames, type Reply } from './wire.ts';

export interface CheckedCall {
  name: CallName;
  input: z.output<(typeof calls)[CallName]['input']>;
}

/**
 * Checks a call's name and input against the contract.
 * @param who `page` may not name files (`songs.import`); `shell` may make every call.
 * @throws SongleafError `bad-request` where the name is unknown, not allowed, or the input has another shape.
 */
export function checkCall(name: unknown, input: unknown, who: 'page' | 'shell'): CheckedCall {
  const allowed: readonly string[] = who === 'page' ? pageCallNames : callNames;
  if (typeof name !== 'string' || !allowed.includes(name)) {
    const shown = typeof name === 'string' ? JSON.stringify(name.slice(0, 100)) : typeof name;
    throw new SongleafError(
      'bad-request',
      `A page may not make the call ${shown}.`,
      'Reload the window; if this comes back, window and engine are of different versions: start Songleaf anew.',
    );
  }
  const known = name as CallName;
  const parsed = calls[known].input.safeParse(input);
  if (!parsed.success) {
    throw new SongleafError(
      'bad-request',
      `The call ${known} came with something else than it takes: ${z.prettifyError(parsed.error)}`,
      'Reload the window; if this comes back, window and engine are of different versions: start Songleaf anew.',
    );
  }
  return { name: known, input: parsed.data };
}

/** An engine in another process. */
export interface RelayedEngine {
  /** @throws SongleafError */
  call(name: CallName, input: unknown): Promise<unknown>;
}

/** Checks a page's call and passes it on; whatever happens becomes a reply. Never rejects. */
export async function relay(engine: RelayedEngine, name: unknown, input: unknown): Promise<Reply> {
  try {
    const call = checkCall(name, input, 'page');
    return { ok: true, value: await engine.call(call.name, call.input) };
  } catch (error) {
    return { ok: false, error: toErrorReport(error) };
  }
}

/** Checks a shell's call and makes it; whatever happens becomes a reply. Never rejects. */
export async function dispatch(engine: EngineCalls, name: unknown, input: unknown): Promise<Reply> {
  try {
    const call = checkCall(name, input, 'shell');
    // `checkCall` parsed the input with this very name's schema, which the union of signatures cannot say.
    const run = engine[call.name] as (input: CheckedCall['input']) => Promise<CallOutput<CallName>>;
    return { ok: true, value: await run(call.input) };
  } catch (error) {
    return { ok: false, error: toErrorReport(error) };
  }
}
