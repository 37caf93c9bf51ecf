import type { SongleafApi } from '../../preload/api.ts';
import { createAppTransport } from './app-transport.ts';
import { createBrowserTransport } from './browser-transport.ts';
import type { Transport } from './transport.ts';

declare global {
  interface Window {
    /** Put there by the app's preload; absent in a browser. */
    readonly songleaf?: SongleafApi;
  }
}

export function createTransport(): Transport {
  return window.songleaf === undefined
    ? createBrowserTransport(new URL('/', window.location.href))
    : createAppTransport(window.songleaf);
}
