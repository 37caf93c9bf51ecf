import { readFile } from 'node:fs/promises';
import { resolveAsset } from '../shell/assets.ts';
import { securityHeaders } from '../shell/csp.ts';
import { isAppUrl } from './origin.ts';

function refuse(status: number, text: string): Response {
  return new Response(text, {
    status,
    headers: { ...securityHeaders, 'Content-Type': 'text/plain; charset=utf-8' },
  });
}

/** Answers one request for `app://songleaf/…` from the built window in `root`. Never rejects. */
export async function answerAppRequest(
  root: string,
  request: { method: string; url: string },
): Promise<Response> {
  if (request.method !== 'GET') return refuse(405, 'Only GET is answered.');
  if (!isAppUrl(request.url)) return refuse(404, 'Not found.');
  try {
    const asset = await resolveAsset(root, new URL(request.url).pathname);
    if (asset === null) return refuse(404, 'Not found.');
    return new Response(new Uint8Array(await readFile(asset.path)), {
      headers: { ...securityHeaders, 'Content-Type': asset.type },
    });
  } catch (error) {
    return refuse(500, `The window's files could not be read: ${(error as Error).message}`);
  }
}
