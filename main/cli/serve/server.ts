import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';
import { calls } from '../../contract/calls.ts';
import { SongleafError, toErrorReport } from '../../contract/errors.ts';
import type { Song } from '../../contract/library.ts';
import { securityHeaders } from '../../shell/csp.ts';
import { checkCall, type RelayedEngine } from '../../shell/dispatch.ts';
import { takeFileSchema } from '../../shell/take-file.ts';
import { type CheckedEvent, MAX_UPLOAD, type Reply } from '../../shell/wire.ts';
import { BrowserExports } from './exports.ts';
import { hasOwnHost, hasOwnOrigin } from './guard.ts';
import { BrowserSession } from './session.ts';
import { answerSocket, MAX_MESSAGE } from './socket.ts';
import { sendAsset, sendDownload, sendJson, sendMedia, sendText } from './static.ts';
import { dropUpload, receiveUpload } from './upload.ts';

export interface WindowServerOptions {
  engine: RelayedEngine;
  libraryDir: string;
  /** The built window. */
  rendererDir: string;
  /** 0 takes any free port. */
  port: number;
  maxUpload?: number;
}

export interface WindowServer {
  /** Address with the one-time token. */
  url: string;
  /** Tells every open page. */
  tell(event: CheckedEvent): void;
  close(): Promise<void>;
}

/** Where what sounds lies. */
const MEDIA = '/media/';
/** Where exported files lie. */
const EXPORTS = '/exports/';
/** Bytes of what asks for an export: ten thousand takes, each by its id. */
const MAX_REQUEST = 1024 ** 2;

const noSession =
  'This address is open to one browser only. Use the full address that "songleaf serve" printed; it works once. ' +
  'To open Songleaf in another browser, stop it and start it again.';

/**
 * Serves the window to one browser on this computer: bound to 127.0.0.1, first visit with a one-time token, then
 * by cookie; only to requests that name this server as their host, and for calls and uploads also as their origin.
 * @throws SongleafError `bad-request` where the port is taken.
 */
export async function startServer(options: WindowServerOptions): Promise<WindowServer> {
  const { engine, rendererDir } = options;
  const session = new BrowserSession();
  let port = 0;
  const exports = new BrowserExports(engine, (payload) => tell({ event: 'export.progress', payload }));

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (!hasOwnHost(request, port)) return sendText(response, 421, 'This server answers to 127.0.0.1 only.');
    const url = new URL(request.url ?? '/', `http://127.0.0.1:${port}`);
    if (request.method === 'GET' && url.pathname === '/' && url.searchParams.has('token')) {
      return welcome(request, response, url.searchParams.get('token') ?? '');
    }
    if (!session.holds(request, port)) return sendText(response, 401, noSession);
    if (request.method === 'GET' && rawPathname(request).startsWith(MEDIA)) {
      const path = rawPathname(request).slice(MEDIA.length - 1);
      return sendMedia(response, engine, path, request.headers.range);
    }
    if (request.method === 'GET' && url.pathname.startsWith(EXPORTS)) {
      const file = exports.file(url.pathname.slice(EXPORTS.length).split('/', 1)[0] ?? '');
      return file === null ? sendText(response, 404, 'Not found.') : sendDownload(response, file);
    }
    if (request.method === 'GET' && url.pathname === '/take.musicxml') return sendTake(response, url);
    if (request.method === 'GET') return sendAsset(response, rendererDir, rawPathname(request));
    if (request.method === 'POST' && url.pathname === '/upload') {
      if (!hasOwnOrigin(request, port))
        return sendText(response, 403, 'Uploads come from the page itself only.');
      return sendJson(response, 200, await takeUpload(request, url.searchParams));
    }
    if (request.method === 'POST' && url.pathname === '/export') {
      if (!hasOwnOrigin(request, port))
        return sendText(response, 403, 'Exports are asked for by the page itself only.');
      return sendJson(response, 200, await writeExport(request, response));
    }
    return sendText(response, 405, 'Only GET, and POST to /upload, are answered.');
  }

  function welcome(request: IncomingMessage, response: ServerResponse, token: string): void {
    const known = session.holds(request, port);
    if (!known && !session.redeem(token)) {
      sendText(response, 401, noSession);
      return;
    }
    response.writeHead(303, {
      ...securityHeaders,
      Location: '/',
      ...(known ? {} : { 'Set-Cookie': session.cookie(port) }),
    });
    response.end();
  }

  /** A new song; or the file of one that misses its own (`song`), or of any (`moved`). */
  async function takeUpload(request: IncomingMessage, query: URLSearchParams): Promise<Reply> {
    try {
      const limit = options.maxUpload ?? MAX_UPLOAD;
      const { file, isNew } = await receiveUpload(
        request,
        query.get('name') ?? '',
        options.libraryDir,
        limit,
      );
      try {
        const { value, songs } = await giveUpload(file, query);
        if (isNew && !songs.some((song) => song.path === file)) await dropUpload(file);
        return { ok: true, value };
      } catch (error) {
        if (isNew) await dropUpload(file);
        throw error;
      }
    } catch (error) {
      return { ok: false, error: toErrorReport(error) };
    }
  }

  async function giveUpload(
    file: string,
    query: URLSearchParams,
  ): Promise<{ value: unknown; songs: Song[] }> {
    const songId = query.get('song');
    if (songId !== null) {
      const input = checkCall('songs.relink', { songId, path: file }, 'shell').input;
      const song = calls['songs.relink'].output.parse(await engine.call('songs.relink', input));
      return { value: song, songs: [song] };
    }
    if (query.has('moved')) {
      const found = await engine.call('songs.findMoved', { paths: [file] });
      const value = calls['songs.findMoved'].output.parse(found);
      return { value, songs: value.found };
    }
    const value = calls['songs.import'].output.parse(await engine.call('songs.import', { paths: [file] }));
    return { value, songs: [...value.added, ...value.known] };
  }

  async function writeExport(request: IncomingMessage, response: ServerResponse): Promise<Reply> {
    const gone = new AbortController();
    // A page that stops waiting has cancelled.
    response.once('close', () => gone.abort());
    try {
      return { ok: true, value: await exports.run(await readJson(request), gone.signal) };
    } catch (error) {
      return { ok: false, error: toErrorReport(error) };
    }
  }

  /** A take as MusicXML, for a card that is dragged out of the page. */
  async function sendTake(response: ServerResponse, url: URL): Promise<void> {
    try {
      const text = url.searchParams.get('take') ?? '';
      const take = takeFileSchema.parse(JSON.parse(text));
      const input = checkCall(
        'takes.export',
        {
          takeId: take.takeId,
          format: 'musicxml',
          ...(take.options ? { options: take.options } : {}),
        },
        'shell',
      ).input;
      const output = calls['takes.export'].output.parse(await engine.call('takes.export', input));
      response.writeHead(200, {
        ...securityHeaders,
        'Content-Type': output.type,
        'Content-Disposition': 'attachment',
      });
      response.end(Buffer.from(output.base64, 'base64'));
    } catch (error) {
      sendText(response, 404, toErrorReport(error).message);
    }
  }

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      if (response.headersSent) response.destroy();
      else sendText(response, 500, `The window's files could not be read: ${(error as Error).message}`);
    });
  });
  function tell(event: CheckedEvent): void {
    for (const socket of sockets.clients) socket.send(JSON.stringify(event));
  }
  const sockets = new WebSocketServer({ noServer: true, maxPayload: MAX_MESSAGE, perMessageDeflate: false });
  server.on('upgrade', (request, socket, head) => {
    const path = rawPathname(request);
    if (path !== '/calls' || !hasOwnOrigin(request, port) || !session.holds(request, port)) {
      // Whoever breaks off while being refused would otherwise end the program.
      socket.on('error', () => socket.destroy());
      socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
      return;
    }
    sockets.handleUpgrade(request, socket, head, (open) => {
      sockets.emit('connection', open, request);
    });
  });
  sockets.on('connection', (socket) => answerSocket(engine, socket));

  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => reject(portError(options.port, cause)));
    server.listen(options.port, '127.0.0.1', resolve);
  });
  port = (server.address() as AddressInfo).port;

  return {
    url: `http://127.0.0.1:${port}/?token=${session.token}`,
    tell,
    async close() {
      await exports.close();
      for (const socket of sockets.clients) {
        socket.close(1001, 'Songleaf was stopped.');
        // A page that does not answer the closing does not hold the server up.
        setTimeout(() => socket.terminate(), 500).unref();
      }
      sockets.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** @throws SongleafError `bad-request` where it is too large or no JSON */
async function readJson(request: IncomingMessage): Promise<unknown> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request) {
    size += (part as Buffer).length;
    // Read to its end all the same: breaking off would break the answer off, too.
    if (size <= MAX_REQUEST) parts.push(part as Buffer);
  }
  try {
    if (size <= MAX_REQUEST) return JSON.parse(Buffer.concat(parts).toString('utf8'));
  } catch {
    // Told of below.
  }
  throw new SongleafError('bad-request', 'The request is not one that Songleaf knows.', 'Reload the page.');
}

/** The path as the client wrote it: `URL` would already have resolved `..` in it. */
function rawPathname(request: IncomingMessage): string {
  return (request.url ?? '/').split(/[?#]/, 1)[0] ?? '/';
}

function portError(port: number, cause: NodeJS.ErrnoException): SongleafError {
  return new SongleafError(
    'bad-request',
    `Port ${port} cannot be used (${cause.code ?? cause.message}).`,
    'Choose another with --port, or leave it out to take any free one.',
    { cause },
  );
}
