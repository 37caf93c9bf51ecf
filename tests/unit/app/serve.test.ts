import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { type IncomingHttpHeaders, request } from 'node:http';
import { connect } from 'node:net';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { WebSocket } from 'ws';
import { startServer } from '../../../main/cli/serve/server.ts';
import { importResultSchema } from '../../../main/contract/library.ts';
import { openEngineCalls } from '../../../main/engine/calls.ts';
import { temporaryFolder } from './support/temporary.ts';

const song = path.join(import.meta.dirname, '../../fixtures/lets_go_fishin.ogg');

interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  body: string;
}

/** A client that can lie about everything, as `fetch` cannot. */
function ask(
  port: number,
  target: string,
  options: { method?: string; headers?: Record<string, string>; body?: Uint8Array } = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const outgoing = request(
      {
        host: '127.0.0.1',
        port,
        path: target,
        method: options.method ?? 'GET',
        headers: options.headers ?? {},
      },
      (response) => {
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => parts.push(part));
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            body: Buffer.concat(parts).toString(),
          }),
        );
        response.on('error', reject);
      },
    );
    outgoing.on('error', reject);
    outgoing.end(options.body);
  });
}

/** A server on a fresh library, and what an honest browser would know. */
async function served(maxUpload?: number) {
  const folder = temporaryFolder();
  const rendererDir = path.join(folder, 'renderer');
  mkdirSync(rendererDir);
  writeFileSync(path.join(rendererDir, 'index.html'), '<!doctype html><title>window</title>');
  writeFileSync(path.join(folder, 'outside.js'), 'secret');
  const libraryDir = path.join(folder, 'library');
  const engine = await openEngineCalls({ libraryDir, device: 'cpu', emit: () => undefined });
  const server = await startServer({
    engine: { call: (name, input) => engine.calls[name](input as never) },
    libraryDir,
    rendererDir,
    port: 0,
    ...(maxUpload === undefined ? {} : { maxUpload }),
  });
  onTestFinished(async () => {
    await server.close();
    await engine.close();
  });
  const url = new URL(server.url);
  const port = Number(url.port);
  const origin = `http://127.0.0.1:${port}`;
  return { port, origin, server, libraryDir, welcome: `/${url.search}` };
}

async function login(port: number, welcome: string): Promise<string> {
  const answer = await ask(port, welcome);
  return (answer.headers['set-cookie']?.[0] ?? '').split(';')[0] ?? '';
}

/** Opens a socket; rejects with the status where it is refused. */
function openSocket(port: number, headers: Record<string, string>, target = '/calls'): Promise<WebSocket> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(`ws://127.0.0.1:${port}${target}`, { headers });
    socket.once('open', () => resolve(socket));
    socket.once('unexpected-response', (_request, response) =>
      reject(new Error(String(response.statusCode))),
    );
    socket.once('error', reject);
  });
}

function nextMessage(socket: WebSocket): Promise<unknown> {
  return new Promise((resolve) => {
    socket.once('message', (data: Buffer) => resolve(JSON.parse(data.toString())));
  });
}

describe('the way in', () => {
  test('the token opens the window once, for the browser that brings it', async () => {
    const { port, welcome } = await served();
    const first = await ask(port, welcome);
    expect(first).toMatchObject({ status: 303, headers: { location: '/' } });
    const cookie = first.headers['set-cookie']?.[0] ?? '';
    expect(cookie).toMatch(/; HttpOnly; SameSite=Strict; Path=\/$/);
    const session = cookie.split(';')[0] ?? '';

    const page = await ask(port, '/', { headers: { cookie: session } });
    expect(page).toMatchObject({ status: 200, body: expect.stringContaining('<title>window</title>') });
    expect(page.headers['content-security-policy']).toContain("default-src 'none'");

    expect(await ask(port, welcome)).toMatchObject({ status: 401 });
    // The same browser may open the same address again.
    expect(await ask(port, welcome, { headers: { cookie: session } })).toMatchObject({ status: 303 });
  });

  test.each(['/', '/index.html', '/?token=', '/?token=wrong', '/upload', '/calls'])(
    '%s is shut without it',
    async (target) => {
      const { port } = await served();
      const answer = await ask(port, target);
      expect(answer.status).toBe(401);
      expect(answer.body).not.toContain('window');
    },
  );

  test('a guessed cookie does not open it', async () => {
    const { port, welcome } = await served();
    const session = await login(port, welcome);
    const name = session.split('=')[0] ?? '';
    for (const cookie of [`${name}=`, `${name}=x`, session.slice(0, -1), `other=${session.split('=')[1]}`]) {
      expect(await ask(port, '/', { headers: { cookie } })).toMatchObject({ status: 401 });
    }
  });

  test.each([
    'evil.example',
    'evil.example:80',
    '127.0.0.1',
    '127.0.0.1.evil.example',
    '0.0.0.0',
    'localhost:1',
  ])('it does not answer to the name %s', async (host) => {
    const { port, welcome } = await served();
    expect(await ask(port, welcome, { headers: { host } })).toMatchObject({ status: 421 });
    // The token was not used up by it.
    expect(await ask(port, welcome)).toMatchObject({ status: 303 });
  });

  test('it answers to localhost as well', async () => {
    const { port, welcome } = await served();
    expect(await ask(port, welcome, { headers: { host: `localhost:${port}` } })).toMatchObject({
      status: 303,
    });
  });

  test.each([
    '/../outside.js',
    '/%2e%2e/outside.js',
    '/..%2foutside.js',
    '/%2e%2e%5coutside.js',
    '/%00',
    '/%',
  ])('%s does not lead out of the window', async (target) => {
    const { port, welcome } = await served();
    const cookie = await login(port, welcome);
    const answer = await ask(port, target, { headers: { cookie } });
    expect(answer.status).toBe(404);
    expect(answer.body).not.toContain('secret');
  });

  test('it takes no other methods', async () => {
    const { port, welcome, origin } = await served();
    const cookie = await login(port, welcome);
    for (const [method, target] of [
      ['PUT', '/'],
      ['DELETE', '/index.html'],
      ['POST', '/'],
      ['OPTIONS', '/upload'],
    ]) {
      expect(await ask(port, target ?? '', { method, headers: { cookie, origin } })).toMatchObject({
        status: 405,
      });
    }
  });
});

describe('calls', () => {
  test('are answered to the page of the session', async () => {
    const { port, welcome, origin } = await served();
    const cookie = await login(port, welcome);
    const socket = await openSocket(port, { cookie, origin });
    const answer = nextMessage(socket);
    socket.send(JSON.stringify({ id: 1, name: 'songs.list', input: {} }));
    expect(await answer).toEqual({ id: 1, reply: { ok: true, value: [] } });
  });

  test('are refused without session, from another origin and under another name', async () => {
    const { port, welcome, origin } = await served();
    const cookie = await login(port, welcome);
    const own = `127.0.0.1:${port}`;
    for (const headers of [
      { origin },
      { cookie },
      { cookie, origin: 'http://evil.example' },
      { cookie, origin: `https://${own}` },
      { cookie, origin: `http://127.0.0.1:${port + 1}` },
      { cookie, origin: 'null' },
      { cookie, origin: 'http://evil.example', host: 'evil.example' },
      { cookie: `${cookie}x`, origin },
    ]) {
      await expect(openSocket(port, headers as Record<string, string>)).rejects.toThrow('403');
    }
    await expect(openSocket(port, { cookie, origin }, '/other')).rejects.toThrow('403');
  });

  test('that are refused and broken off do not end the server', async () => {
    const { port } = await served();
    for (let attempt = 0; attempt < 20; attempt++) {
      await new Promise<void>((resolve) => {
        const socket = connect(port, '127.0.0.1', () => {
          const upgrade = 'Connection: Upgrade\r\nUpgrade: websocket';
          socket.write(`GET /calls HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n${upgrade}\r\n\r\n`, () =>
            socket.resetAndDestroy(),
          );
        });
        socket.on('error', () => undefined);
        socket.on('close', () => resolve());
      });
    }
    expect(await ask(port, '/')).toMatchObject({ status: 401 });
  });

  test('of a wrong kind get an answer and leave the socket open', async () => {
    const { port, welcome, origin } = await served();
    const socket = await openSocket(port, { cookie: await login(port, welcome), origin });
    const cases: [string | Buffer, number | null][] = [
      ['{not json', null],
      ['[]', null],
      ['null', null],
      ['{"id":-1,"name":"songs.list","input":{}}', null],
      ['{"id":1,"name":"songs.list","input":{},"more":1}', null],
      [Buffer.from([0, 1, 2]), null],
      ['{"id":2,"name":"songs.import","input":{"paths":["/etc/passwd"]}}', 2],
      ['{"id":3,"name":"__proto__","input":{}}', 3],
      ['{"id":4,"name":"jobs.cancel","input":{"jobId":4}}', 4],
    ];
    for (const [message, id] of cases) {
      const answer = nextMessage(socket);
      socket.send(message);
      expect(await answer).toMatchObject({ id, reply: { ok: false, error: { code: 'bad-request' } } });
    }
    const answer = nextMessage(socket);
    socket.send('{"id":5,"name":"songs.list","input":{}}');
    expect(await answer).toMatchObject({ id: 5, reply: { ok: true } });
  });

  test('of the largest kind are answered', async () => {
    const { port, welcome, origin } = await served();
    const socket = await openSocket(port, { cookie: await login(port, welcome), origin });
    const answer = nextMessage(socket);
    const takeIds = Array.from({ length: 10_000 }, (_, i) => String(i).padStart(64, '0'));
    socket.send(JSON.stringify({ id: 1, name: 'takes.select', input: { of: 'takes', takeIds } }));
    const message = expect.stringContaining('No take');
    expect(await answer).toMatchObject({ id: 1, reply: { ok: false, error: { message } } });
  });

  test('that are too large close the socket, and only that one', async () => {
    const { port, welcome, origin } = await served();
    const headers = { cookie: await login(port, welcome), origin };
    const large = await openSocket(port, headers);
    const closed = new Promise((resolve) => large.once('close', resolve));
    large.on('error', () => undefined);
    large.send(JSON.stringify({ id: 1, name: 'songs.list', input: 'x'.repeat(1024 ** 2) }));
    expect(await closed).toBe(1009);
    const socket = await openSocket(port, headers);
    const answer = nextMessage(socket);
    socket.send('{"id":1,"name":"songs.list","input":{}}');
    expect(await answer).toMatchObject({ id: 1, reply: { ok: true } });
  });

  test('events reach the page', async () => {
    const { port, welcome, origin, server } = await served();
    const socket = await openSocket(port, { cookie: await login(port, welcome), origin });
    const event = nextMessage(socket);
    server.tell({ event: 'songs.changed', payload: {} });
    expect(await event).toEqual({ event: 'songs.changed', payload: {} });
  });
});

describe('uploads', () => {
  function uploadedFiles(libraryDir: string): string[] {
    const folder = path.join(libraryDir, 'uploads');
    if (!existsSync(folder)) return [];
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => path.join(entry.parentPath, entry.name));
  }

  test('come into the library under a harmless name', async () => {
    const { port, welcome, origin, libraryDir } = await served();
    const headers = { cookie: await login(port, welcome), origin };
    const name = encodeURIComponent('../../../Let/s go.ogg');
    const answer = await ask(port, `/upload?name=${name}`, {
      method: 'POST',
      headers,
      body: readFileSync(song),
    });
    const reply = JSON.parse(answer.body) as { ok: boolean; value: unknown };
    const result = importResultSchema.parse(reply.value);
    expect(result.added).toHaveLength(1);
    const stored = uploadedFiles(libraryDir);
    expect(stored).toEqual([result.added[0]?.path]);
    expect(path.basename(stored[0] ?? '')).toBe('_.._.._Let_s go.ogg');

    // Again under another name: known, and not stored twice.
    const again = await ask(port, '/upload?name=again.ogg', {
      method: 'POST',
      headers,
      body: readFileSync(song),
    });
    expect(JSON.parse(again.body)).toMatchObject({ ok: true, value: { added: [], known: [{}] } });
    expect(uploadedFiles(libraryDir)).toEqual(stored);
  });

  test('that are no music are told about and not kept', async () => {
    const { port, welcome, origin, libraryDir } = await served();
    const headers = { cookie: await login(port, welcome), origin };
    const body = Buffer.from('no music at all');
    const answer = await ask(port, '/upload?name=broken.mp3', { method: 'POST', headers, body });
    expect(JSON.parse(answer.body)).toMatchObject({
      ok: true,
      value: { added: [], failed: [{ error: { hint: expect.stringMatching(/\w/) } }] },
    });
    expect(uploadedFiles(libraryDir)).toEqual([]);
  });

  test('from another origin, or without session, are refused', async () => {
    const { port, welcome, origin, libraryDir } = await served();
    const cookie = await login(port, welcome);
    const body = readFileSync(song);
    const cases: [Record<string, string>, number][] = [
      [{ cookie, origin: 'http://evil.example' }, 403],
      [{ cookie }, 403],
      [{ origin }, 401],
    ];
    for (const [headers, status] of cases) {
      expect(await ask(port, '/upload?name=a.ogg', { method: 'POST', headers, body })).toMatchObject({
        status,
      });
    }
    expect(uploadedFiles(libraryDir)).toEqual([]);
  });

  test('over the limit are refused by their announced size', async () => {
    const { port, welcome, origin, libraryDir } = await served(1000);
    const headers = { cookie: await login(port, welcome), origin };
    const body = Buffer.alloc(1001);
    const answer = await ask(port, '/upload?name=a.wav', { method: 'POST', headers, body });
    expect(JSON.parse(answer.body)).toMatchObject({ ok: false, error: { code: 'audio-too-long' } });
    expect(uploadedFiles(libraryDir)).toEqual([]);
  });

  test('over the limit are broken off where no size was announced, and nothing stays', async () => {
    const { port, welcome, origin, libraryDir } = await served(1000);
    const cookie = await login(port, welcome);
    await new Promise<void>((resolve) => {
      const outgoing = request({
        host: '127.0.0.1',
        port,
        path: '/upload?name=a.wav',
        method: 'POST',
        headers: { cookie, origin, 'transfer-encoding': 'chunked' },
      });
      outgoing.on('error', () => resolve());
      outgoing.on('response', (response) => {
        response.resume();
        response.on('close', () => resolve());
      });
      for (let part = 0; part < 10; part++) outgoing.write(Buffer.alloc(200));
      outgoing.end();
    });
    await expect.poll(() => uploadedFiles(libraryDir), { timeout: 60_000 }).toEqual([]);
  });
});

test('sends what sounds in ranges, to the browser with the session only', async () => {
  const { port, welcome, origin } = await served();
  const cookie = await login(port, welcome);
  const upload = await ask(port, '/upload?name=song.ogg', {
    method: 'POST',
    headers: { origin, cookie },
    body: readFileSync(song),
  });
  const { id } = importResultSchema.parse(JSON.parse(upload.body).value).added[0]!;
  const target = `/media/song/${id}/record`;
  const elsewhere = { host: 'rebound.example', cookie };
  expect((await ask(port, target, { headers: elsewhere })).status).toBe(421);
  expect((await ask(port, target)).status).toBe(401);
  const head = await ask(port, target, { headers: { cookie, range: 'bytes=0-43' } });
  expect(head.status).toBe(206);
  expect(head.body.slice(0, 4)).toBe('RIFF');
  // 133 s of 16-bit stereo at 44.1 kHz.
  const size = Number(/\/(\d+)$/.exec(String(head.headers['content-range']))?.[1]);
  expect(Math.abs((size - 44) / 4 / 44_100 - 133)).toBeLessThan(1);
  const unknown = await ask(port, `/media/song/${'0'.repeat(64)}/record`, { headers: { cookie } });
  expect(unknown.status).toBe(422);
  expect(JSON.parse(unknown.body)).toMatchObject({ code: 'song-unknown' });
  expect((await ask(port, '/media/../library/library.db', { headers: { cookie } })).status).toBe(404);
});
