/**
 * What a page of ours may load: its own files and nothing else. Inline styles are for the engraver, which sets
 * them on the SVG it draws; `data:` images are its cursor. Scripts are never inline and never evaluated; WebAssembly
 * unpacks the piano's samples. `media:` is the app's own scheme for what sounds, and for covers.
 */
export const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob: media:",
  "font-src 'self'",
  "connect-src 'self' media:",
  "media-src 'self' media:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** Sent with every answer of both shells. */
export const securityHeaders: Readonly<Record<string, string>> = {
  'Content-Security-Policy': contentSecurityPolicy,
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Cache-Control': 'no-store',
};
