import type { App, Session, WebContents } from 'electron';
import { APP_SCHEME, isAppUrl, MEDIA_SCHEME } from './origin.ts';

/** Schemes a request may have at all. `blob:` and `data:` never leave the page. */
const localSchemes: ReadonlySet<string> = new Set([
  `${APP_SCHEME}:`,
  `${MEDIA_SCHEME}:`,
  'blob:',
  'data:',
  'devtools:',
]);

/** True where a request stays on this computer and inside Songleaf. */
export function isLocalRequest(url: string): boolean {
  return URL.canParse(url) && localSchemes.has(new URL(url).protocol);
}

/**
 * What our own page may ask for: to fill the screen with a score, to play on other loudspeakers, and to put text on the
 * clipboard when somebody presses for it.
 */
const granted: ReadonlySet<string> = new Set([
  'fullscreen',
  'speaker-selection',
  'clipboard-sanitized-write',
]);

/** True where a page may do what a permission is for. */
export function mayDo(permission: string, url: string): boolean {
  return granted.has(permission) && isAppUrl(url);
}

/** Denies every other permission (Electron grants all by default) and every request to a network. */
export function lockSession(session: Session): void {
  session.setPermissionRequestHandler((contents, permission, answer) =>
    answer(mayDo(permission, contents.getURL())),
  );
  session.setPermissionCheckHandler((contents, permission) => mayDo(permission, contents?.getURL() ?? ''));
  session.setDevicePermissionHandler(() => false);
  session.webRequest.onBeforeRequest((details, answer) => answer({ cancel: !isLocalRequest(details.url) }));
}

/** Keeps a page where it is: no navigation elsewhere, no new windows, no embedded web views. */
export function lockContents(contents: WebContents): void {
  for (const name of ['will-navigate', 'will-frame-navigate', 'will-redirect'] as const) {
    contents.on(name as 'will-navigate', (event) => {
      if (!isAppUrl(event.url)) event.preventDefault();
    });
  }
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  contents.on('will-attach-webview', (event) => event.preventDefault());
}

/** Applies both to everything the app will ever open. Call before the first window. */
export function lockApp(app: App, session: Session): void {
  lockSession(session);
  app.on('web-contents-created', (_event, contents) => lockContents(contents));
}
