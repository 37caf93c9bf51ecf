import { SongleafError } from '../contract/errors.ts';
import { isAppUrl } from './origin.ts';

interface Frame {
  url: string;
  parent: unknown;
}

/** The part of Electron's `IpcMainInvokeEvent` that says who speaks. */
export interface SenderEvent {
  sender: { id: number; isDestroyed(): boolean };
  /** Null where the frame has gone or has navigated since. */
  senderFrame: Frame | null;
}

/**
 * Lets a message through only from a window of ours, from its main frame, and while it shows our own page.
 * @param windows ids of the web contents that this app opened.
 * @throws SongleafError `bad-request`
 */
export function checkSender(event: SenderEvent, windows: Pick<ReadonlySet<number>, 'has'>): void {
  const frame = event.senderFrame;
  const trusted =
    !event.sender.isDestroyed() &&
    windows.has(event.sender.id) &&
    frame !== null &&
    frame.parent === null &&
    isAppUrl(frame.url);
  if (trusted) return;
  throw new SongleafError(
    'bad-request',
    'A message from a page that is not Songleaf was refused.',
    "Close Songleaf and start it again; if this comes back, reinstall it: its window's files were changed.",
  );
}
