import path from 'node:path';
import type { IpcMain, IpcMainInvokeEvent } from 'electron';
import * as z from 'zod';
import { channels } from '../../preload/channels.ts';
import { type CallName, type CallOutput, calls } from '../contract/calls.ts';
import { SongleafError, toErrorReport } from '../contract/errors.ts';
import { checkCall, type RelayedEngine } from '../shell/dispatch.ts';
import type { Reply } from '../shell/wire.ts';
import { checkSender } from './sender.ts';

export interface RouterOptions {
  ipcMain: IpcMain;
  /** Ids of the web contents that may speak. */
  windows: Pick<ReadonlySet<number>, 'has'>;
  engine: RelayedEngine;
  /** Dialogs over the window that asks. Null where the person closed them. */
  askForSongs: (event: IpcMainInvokeEvent) => Promise<string[] | null>;
  /** What a page tells the shell itself, by channel: the shape of what it sends, and what is done with it. */
  told: readonly Told[];
}

/** @param T what the page sends */
export interface Told<T = unknown> {
  channel: string;
  schema: z.ZodType<T>;
  act: (event: IpcMainInvokeEvent, sent: T) => unknown;
}

/** Binds a shape to what is done with it. */
export function told<T>(channel: string, schema: z.ZodType<T>, act: Told<T>['act']): Told {
  return { channel, schema, act: act as Told['act'] };
}

const droppedSchema = z.array(z.string()).min(1).max(10_000);

/**
 * Answers the window's messages: checks who sent them, checks what they hold, and hands them to the engine. Paths
 * come from dialogs and drops only.
 */
export function registerRouter(options: RouterOptions): void {
  const { ipcMain, windows } = options;

  function handle(channel: string, answer: (event: IpcMainInvokeEvent, ...args: unknown[]) => unknown): void {
    ipcMain.handle(channel, async (event, ...args): Promise<Reply> => {
      try {
        checkSender(event, windows);
        return { ok: true, value: await answer(event, ...args) };
      } catch (error) {
        return { ok: false, error: toErrorReport(error) };
      }
    });
  }

  /** Makes a call of the shell's own and checks what comes back, because the shell acts on it. */
  async function ask<N extends CallName>(name: N, input: unknown): Promise<CallOutput<N>> {
    const call = checkCall(name, input, 'shell');
    return calls[name].output.parse(await options.engine.call(name, call.input)) as CallOutput<N>;
  }

  handle(channels.call, (_event, name, input) => {
    const call = checkCall(name, input, 'page');
    return options.engine.call(call.name, call.input);
  });

  for (const { channel, schema, act } of options.told) {
    handle(channel, (event, sent) => {
      const parsed = schema.safeParse(sent);
      if (parsed.success) return act(event, parsed.data);
      throw new SongleafError(
        'bad-request',
        'The window told the app something that it does not understand.',
        'Window and app are of different versions: start Songleaf anew.',
      );
    });
  }

  handle(channels.pickSongs, async (event) => {
    const paths = await options.askForSongs(event);
    return paths === null ? null : ask('songs.import', { paths });
  });

  handle(channels.importDropped, (_event, dropped) => ask('songs.import', { paths: checkDropped(dropped) }));
}

/** @throws SongleafError `bad-request` where something dropped has no place on the disk (text, an image of a page). */
function checkDropped(dropped: unknown): string[] {
  const parsed = droppedSchema.safeParse(dropped);
  if (parsed.success && parsed.data.every((file) => path.isAbsolute(file))) return parsed.data;
  throw new SongleafError(
    'bad-request',
    'What was dropped is not a file on this computer.',
    'Drop audio files from a folder, or choose them with "Add songs".',
  );
}
