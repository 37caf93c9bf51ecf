import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** 256 bits, in characters that need no escaping in a URL or a cookie. */
function secret(): string {
  return randomBytes(32).toString('base64url');
}

function same(given: string, expected: string): boolean {
  const a = Buffer.from(given);
  const b = Buffer.from(expected);
  return a.length === b.length && timingSafeEqual(a, b);
}

/**
 * Lets in one browser: the first that opens the address with the one-time token. It gets a session cookie that
 * scripts cannot read and other sites cannot make it send.
 */
export class BrowserSession {
  readonly token = secret();
  readonly #session = secret();
  #used = false;

  /** True once, for the right token. */
  redeem(token: string): boolean {
    if (this.#used || !same(token, this.token)) return false;
    this.#used = true;
    return true;
  }

  /** Value of `Set-Cookie`. The port is in the name: cookies of one host are shared between its ports. */
  cookie(port: number): string {
    return `${cookieName(port)}=${this.#session}; HttpOnly; SameSite=Strict; Path=/`;
  }

  holds(request: IncomingMessage, port: number): boolean {
    const wanted = `${cookieName(port)}=`;
    const cookies = (request.headers.cookie ?? '').split(';').map((cookie) => cookie.trim());
    return cookies.some(
      (cookie) => cookie.startsWith(wanted) && same(cookie.slice(wanted.length), this.#session),
    );
  }
}

function cookieName(port: number): string {
  return `songleaf_${port}`;
}
