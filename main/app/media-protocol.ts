import { Readable } from 'node:stream';
import { securityHeaders } from '../shell/csp.ts';
import type { RelayedEngine } from '../shell/dispatch.ts';
import { answerMedia } from '../shell/media-answer.ts';
import { APP_HOST, APP_ORIGIN, MEDIA_SCHEME } from './origin.ts';

/** Answers one request for `media://songleaf/…`. Never rejects. */
export async function answerMediaRequest(engine: RelayedEngine, request: Request): Promise<Response> {
  const url = new URL(request.url);
  const own = url.protocol === `${MEDIA_SCHEME}:` && url.host === APP_HOST;
  const origin = request.headers.get('Origin');
  if (request.method !== 'GET' || !own || (origin !== null && origin !== APP_ORIGIN)) {
    return new Response('Not found.', { status: 404, headers: securityHeaders });
  }
  const { status, headers, body } = await answerMedia(engine, url.pathname, request.headers.get('Range'));
  return new Response(typeof body === 'string' ? body : (Readable.toWeb(body) as ReadableStream), {
    status,
    headers: {
      ...securityHeaders,
      ...headers,
      // The window is of another scheme, and reads how much there is.
      'Access-Control-Allow-Origin': APP_ORIGIN,
      'Access-Control-Expose-Headers': 'Content-Range',
    },
  });
}
