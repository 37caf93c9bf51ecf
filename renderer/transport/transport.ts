import { type CallInput, type CallOutput, calls } from '../../main/contract/calls.ts';
import { SongleafError } from '../../main/contract/errors.ts';
import type { ImportResult } from '../../main/contract/library.ts';
import type { Media } from '../../main/contract/media.ts';
import {
  type CheckedEvent,
  type PageCallName,
  pickedSongsSchema,
  replySchema,
} from '../../main/shell/wire.ts';
import type { MenuCommand } from '../../preload/api.ts';
import type { FilesPort } from './files-port.ts';
import type { ShellPort } from './shell-port.ts';

/** How the window reaches the engine: through the app's preload, or through `songleaf serve`. */
export interface Transport {
  /** @throws SongleafError what the engine reports, or `bad-request` where an answer has another shape. */
  call<N extends PageCallName>(name: N, input: CallInput<N>): Promise<CallOutput<N>>;
  onEvent(listener: (event: CheckedEvent) => void): void;
  /** Tells when the engine goes out of reach and when it is back. */
  onConnection(listener: (connected: boolean) => void): void;
  onMenu(listener: (command: MenuCommand) => void): void;
  /** Null where the person closed the dialog. */
  pickSongs(): Promise<ImportResult | null>;
  /** Call at once: a drop's content does not outlast its event. */
  importDropped(data: DataTransfer): Promise<ImportResult>;
  /** Files: songs that are found again, takes that are written, opened and handed on. */
  readonly files: FilesPort;
  /** Where something that sounds can be fetched, in ranges of bytes. */
  mediaUrl(media: Media): string;
  /** What surrounds the page: the app, or a browser. */
  readonly shell: ShellPort;
}

function misunderstood(what: string): SongleafError {
  return new SongleafError(
    'bad-request',
    `The answer to ${what} is not one this window understands.`,
    'Window and engine are of different versions: start Songleaf anew.',
  );
}

/**
 * Opens a reply and checks its value.
 * @throws SongleafError the reply's own error, or `bad-request` where it has another shape.
 */
export function openReply<T>(
  what: string,
  reply: unknown,
  schema: { safeParse(value: unknown): { success: true; data: T } | { success: false } },
): T {
  const parsed = replySchema.safeParse(reply);
  if (!parsed.success) throw misunderstood(what);
  if (!parsed.data.ok) {
    const { code, message, hint } = parsed.data.error;
    throw new SongleafError(code, message, hint);
  }
  const value = schema.safeParse(parsed.data.value);
  if (!value.success) throw misunderstood(what);
  return value.data;
}

/** Checks what goes out against the contract. @throws SongleafError `bad-request` */
export function checkInput<N extends PageCallName>(name: N, input: CallInput<N>): unknown {
  const parsed = calls[name].input.safeParse(input);
  if (parsed.success) return parsed.data;
  throw new SongleafError(
    'bad-request',
    `The window asked for ${name} in a wrong way.`,
    'Reload the window.',
  );
}

export function openCallReply<N extends PageCallName>(name: N, reply: unknown): CallOutput<N> {
  // The schema is this very name's; the union of all schemas cannot say so.
  const schema = calls[name].output as unknown as {
    safeParse(value: unknown): { success: true; data: CallOutput<N> } | { success: false };
  };
  return openReply(name, reply, schema);
}

export function openImportReply(reply: unknown): ImportResult | null {
  return openReply('songs.import', reply, pickedSongsSchema);
}
