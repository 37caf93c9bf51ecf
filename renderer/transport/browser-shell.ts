import type { ShellPort } from './shell-port.ts';

/** A browser: no menus of ours, and messages of the system only with the person's leave. */
export function createBrowserShell(): ShellPort {
  const known = typeof Notification !== 'undefined';
  return {
    kind: 'browser',
    tellWords: () => undefined,
    showWork: () => undefined,
    async notify({ title, body }) {
      if (!known || Notification.permission !== 'granted' || document.hasFocus()) return false;
      const notification = new Notification(title, { body });
      notification.addEventListener('click', () => window.focus());
      return true;
    },
    get asksLeave() {
      return known && Notification.permission === 'default';
    },
    async askLeave() {
      return known && (await Notification.requestPermission()) === 'granted';
    },
    onOpened: () => undefined,
  };
}
