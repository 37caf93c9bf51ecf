import { type BrowserWindow, Notification } from 'electron';
import type { NotificationText, WorkShown } from '../shell/shell-words.ts';

/** Shows how far the work is on the window's button in the taskbar or dock. */
export function showWork(windows: Iterable<BrowserWindow>, { fraction, paused }: WorkShown): void {
  for (const window of windows) {
    if (fraction === null) window.setProgressBar(-1);
    else window.setProgressBar(fraction, { mode: paused ? 'paused' : 'normal' });
  }
}

/** A notification must not be collected while it can still be pressed. */
const shown = new Set<Notification>();

/**
 * Tells something through the system while the person is elsewhere; pressing it brings the window.
 * @returns false where they look at the window anyway, or the system shows none
 */
export function notify(window: BrowserWindow, { title, body }: NotificationText): boolean {
  if (window.isFocused() || !Notification.isSupported()) return false;
  const notification = new Notification({ title, body });
  shown.add(notification);
  notification.once('click', () => {
    if (!window.isDestroyed()) bringForward(window);
  });
  notification.once('close', () => shown.delete(notification));
  notification.show();
  return true;
}

export function bringForward(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
}
