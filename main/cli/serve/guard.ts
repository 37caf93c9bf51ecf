import type { IncomingMessage } from 'node:http';

/** The addresses that the server answers to. A name that only resolves to 127.0.0.1 (DNS rebinding) is not one. */
function allowedHosts(port: number): readonly string[] {
  return [`127.0.0.1:${port}`, `localhost:${port}`];
}

export function hasOwnHost(request: IncomingMessage, port: number): boolean {
  return allowedHosts(port).includes(request.headers.host ?? '');
}

/** True where the request was made by a page of this very server. Browsers set `Origin` and no page can change it. */
export function hasOwnOrigin(request: IncomingMessage, port: number): boolean {
  return hasOwnHost(request, port) && request.headers.origin === `http://${request.headers.host}`;
}
