import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startServer, type WindowServer } from '../../../main/cli/serve/server.ts';
import { exportResultSchema } from '../../../main/contract/export.ts';
import { importResultSchema } from '../../../main/contract/library.ts';
import { openEngineCalls } from '../../../main/engine/calls.ts';
import { openLibrary } from '../../../main/engine/library/library.ts';
import { readSong } from '../../../main/engine/song-file.ts';
import { makeWav } from '../../e2e/support/wav.ts';
import { makeAnalysis, makeArrangement, makeFolder, removeFolder } from '../library/fixtures.ts';

let dir: string;
let libraryDir: string;
let engine: Awaited<ReturnType<typeof openEngineCalls>>;
let server: WindowServer;
let cookie: string;
let origin: string;
let song: { id: string; file: string };
let takeId: string;

beforeAll(async () => {
  dir = makeFolder();
  libraryDir = path.join(dir, 'library');
  const file = path.join(dir, 'one.wav');
  writeFileSync(file, makeWav({ INAM: 'One', IART: 'Nobody' }, 2));
  const info = await readSong(file);
  const library = openLibrary(libraryDir);
  library.songs.add(info, { path: file, size: statSync(file).size, mtime: 0 }, 0);
  library.analyses.put(makeAnalysis(info), { createdAt: 0 });
  takeId = library.takes.add(makeArrangement(info), 0).id;
  library.close();
  song = { id: info.hash, file };
  const rendererDir = path.join(dir, 'renderer');
  mkdirSync(rendererDir);
  writeFileSync(path.join(rendererDir, 'index.html'), '<!doctype html>');
  engine = await openEngineCalls({ libraryDir, device: 'cpu', emit: () => undefined });
  server = await startServer({
    engine: { call: (name, input) => engine.calls[name](input as never) },
    libraryDir,
    rendererDir,
    port: 0,
  });
  const url = new URL(server.url);
  ({ origin } = url);
  const welcome = await fetch(url, { redirect: 'manual' });
  cookie = (welcome.headers.get('set-cookie') ?? '').split(';')[0]!;
});
afterAll(async () => {
  await server.close();
  await engine.close();
  removeFolder(dir);
});

const post = (target: string, body: string | Uint8Array, headers: Record<string, string> = {}) =>
  fetch(new URL(target, origin), {
    method: 'POST',
    body: body as BodyInit,
    headers: { cookie, origin, ...headers },
  });
const get = (target: string) => fetch(new URL(target, origin), { headers: { cookie } });
const request = (change: object) =>
  JSON.stringify({ id: 'e1', takeIds: [takeId], formats: ['mid'], ...change });
const leftovers = () => readdirSync(tmpdir()).filter((name) => name.startsWith('songleaf-export-')).length;

describe('an export over the loopback', () => {
  it('is for the page with the session only', async () => {
    expect((await post('/export', request({}), { cookie: '' })).status).toBe(401);
    expect((await post('/export', request({}), { origin: 'http://evil.example' })).status).toBe(403);
    expect((await fetch(new URL('/exports/e1/x', origin))).status).toBe(401);
    expect((await get('/exports/nothing/x')).status).toBe(404);
  });

  it('is one file as it is, and several as one', async () => {
    const before = leftovers();
    const one = (await (await post('/export', request({}))).json()) as { value: unknown };
    const single = exportResultSchema.parse(one.value);
    expect(single).toMatchObject({ written: ['Nobody - One - take 1.mid'], failed: [], cancelled: false });
    const file = await get(single.download!);
    expect(file.headers.get('content-disposition')).toContain('Nobody - One - take 1.mid');
    expect(
      Buffer.from(await file.arrayBuffer())
        .subarray(0, 4)
        .toString(),
    ).toBe('MThd');

    const more = (await (
      await post('/export', request({ id: 'e2', formats: ['mid', 'musicxml'] }))
    ).json()) as {
      value: unknown;
    };
    const several = exportResultSchema.parse(more.value);
    expect(several.written).toHaveLength(2);
    const zip = unzipSync(Buffer.from(await (await get(several.download!)).arrayBuffer()));
    expect(Object.keys(zip).sort()).toEqual([...several.written].sort());
    expect(leftovers()).toBe(before + 2);
    // Of many exports only the last few are kept.
    for (let i = 3; i < 9; i++) await (await post('/export', request({ id: `e${i}` }))).json();
    expect(leftovers()).toBe(before + 4);
    expect((await get(single.download!)).status).toBe(404);
  });

  it('says what is wrong with it', async () => {
    const bad = { ok: false, error: { code: 'bad-request' } };
    expect(await (await post('/export', 'no json')).json()).toMatchObject(bad);
    expect(await (await post('/export', request({ takeIds: [] }))).json()).toMatchObject(bad);
    expect(await (await post('/export', request({ id: '../x' }))).json()).toMatchObject(bad);
    expect(await (await post('/export', `"${'x'.repeat(2_000_000)}"`)).json()).toMatchObject(bad);
  });

  it('gives a dragged card its file', async () => {
    const target = `/take.musicxml?take=${encodeURIComponent(JSON.stringify({ takeId }))}`;
    const file = await get(target);
    expect(file.headers.get('content-disposition')).toBe('attachment');
    expect(await file.text()).toContain('<score-partwise');
    expect((await fetch(new URL(target, origin))).status).toBe(401);
    for (const wrong of ['', '{}', '{"takeId":"../../etc/passwd"}']) {
      expect((await get(`/take.musicxml?take=${encodeURIComponent(wrong)}`)).status).toBe(404);
    }
  });
});

describe('a missing recording over the loopback', () => {
  const uploads = () =>
    existsSync(path.join(libraryDir, 'uploads')) ? readdirSync(path.join(libraryDir, 'uploads')) : [];

  it('costs no other song its recording where that one is offered instead', async () => {
    const bytes = makeWav({ INAM: 'Bystander' }, 1);
    const added = (await (await post('/upload?name=b.wav', bytes)).json()) as { value: unknown };
    const [bystander] = importResultSchema.parse(added.value).added;
    const wrong = await post(`/upload?name=b.wav&song=${song.id}`, bytes);
    expect(await wrong.json()).toMatchObject({ ok: false, error: { code: 'song-mismatch' } });
    expect(existsSync(bystander!.path)).toBe(true);
    await post('/upload?name=b.wav&moved=1', bytes);
    expect(existsSync(bystander!.path)).toBe(true);
    // One that lies damaged is mended by the whole one.
    writeFileSync(bystander!.path, bytes.subarray(0, 100));
    await post('/upload?name=b.wav', bytes);
    expect(readFileSync(bystander!.path).equals(bytes)).toBe(true);
    expect(uploads()).toEqual([bystander!.id.slice(0, 16)]);
    await engine.calls['songs.remove']({ songId: bystander!.id });
    expect(uploads()).toEqual([]);
  });

  it('is given back by an upload of the same content, and the song keeps no other', async () => {
    const bytes = makeWav({ INAM: 'One', IART: 'Nobody' }, 2);
    const moved = path.join(dir, 'moved.wav');
    renameSync(song.file, moved);
    const stranger = await post(`/upload?name=other.wav&song=${song.id}`, makeWav({ INAM: 'Other' }, 1));
    expect(await stranger.json()).toMatchObject({ ok: false, error: { code: 'song-mismatch' } });
    expect(uploads()).toEqual([]);
    const found = await post(`/upload?name=any.wav&song=${song.id}`, bytes);
    expect(await found.json()).toMatchObject({ ok: true, value: { id: song.id, takes: 1 } });
    expect(uploads()).toEqual([song.id.slice(0, 16)]);
    // Found at home again, the copy is no longer needed.
    renameSync(moved, song.file);
    await engine.calls['songs.relink']({ songId: song.id, path: song.file });
    expect(uploads()).toEqual([]);
  });

  it('is looked for among uploads that may be it', async () => {
    rmSync(song.file);
    await engine.calls['songs.look']({});
    await expect.poll(async () => (await engine.calls['songs.missingSizes']({})).length).toBe(1);
    const decoy = makeWav({ INAM: 'One', IART: 'Nobody' }, 2);
    decoy[decoy.length - 1]! ^= 1;
    expect(await (await post('/upload?name=a.wav&moved=1', decoy)).json()).toMatchObject({
      value: { found: [], missing: 1 },
    });
    expect(uploads()).toEqual([]);
    const bytes = makeWav({ INAM: 'One', IART: 'Nobody' }, 2);
    expect(await (await post('/upload?name=a.wav&moved=1', bytes)).json()).toMatchObject({
      value: { found: [{ id: song.id }], missing: 0 },
    });
    expect(uploads()).toEqual([song.id.slice(0, 16)]);
    // Removed, the song takes it along.
    await engine.calls['songs.remove']({ songId: song.id });
    expect(uploads()).toEqual([]);
  });
});
