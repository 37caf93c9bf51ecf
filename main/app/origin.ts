/** The window is served from `app://songleaf/`: a scheme of its own, so that no page has the rights of `file:`. */
export const APP_SCHEME = 'app';
/** What sounds comes from `media://songleaf/…`, by what it is and never by where it lies. */
export const MEDIA_SCHEME = 'media';
export const APP_HOST = 'songleaf';
export const APP_ORIGIN = `${APP_SCHEME}://${APP_HOST}`;
export const APP_URL = `${APP_SCHEME}://${APP_HOST}/`;

/** True where the URL belongs to our window. Compares parsed parts: a prefix would let `app://songleaf.evil/` in. */
export function isAppUrl(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const parsed = new URL(url);
  return (
    parsed.protocol === `${APP_SCHEME}:` &&
    parsed.host === APP_HOST &&
    parsed.username === '' &&
    parsed.password === ''
  );
}
