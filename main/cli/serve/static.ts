import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { resolveAsset } from '../../shell/assets.ts';
import { securityHeaders } from '../../shell/csp.ts';
import type { RelayedEngine } from '../../shell/dispatch.ts';
import { answerMedia, attachment } from '../../shell/media-answer.ts';

export function sendText(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { ...securityHeaders, 'Content-Type': 'text/plain; charset=utf-8' });
  response.end(`${text}\n`);
}

export function sendJson(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { ...securityHeaders, 'Content-Type': 'application/json; charset=utf-8' });
  response.end(JSON.stringify(value));
}

/** Sends one file of the built window. */
export async function sendAsset(
  response: ServerResponse,
  rendererDir: string,
  pathname: string,
): Promise<void> {
  const asset = await resolveAsset(rendererDir, pathname);
  if (asset === null) return sendText(response, 404, 'Not found.');
  response.writeHead(200, {
    ...securityHeaders,
    'Content-Type': asset.type,
    'Content-Length': asset.bytes,
  });
  await pipeline(createReadStream(asset.path), response);
}

/** Sends a file for the browser to keep. */
export async function sendDownload(response: ServerResponse, file: string): Promise<void> {
  const { size } = await stat(file);
  response.writeHead(200, {
    ...securityHeaders,
    'Content-Type': 'application/octet-stream',
    'Content-Length': size,
    'Content-Disposition': attachment(path.basename(file)),
  });
  await pipeline(createReadStream(file), response);
}

/** Sends something that sounds, or the part of it that was asked for. */
export async function sendMedia(
  response: ServerResponse,
  engine: RelayedEngine,
  path: string,
  range: string | undefined,
): Promise<void> {
  const { status, headers, body } = await answerMedia(engine, path, range);
  response.writeHead(status, { ...securityHeaders, ...headers });
  if (typeof body === 'string') response.end(body);
  else await pipeline(body, response);
}
