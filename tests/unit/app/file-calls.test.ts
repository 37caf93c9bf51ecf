import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { IpcMainInvokeEvent } from 'electron';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { fileCalls } from '../../../main/app/files/file-calls.ts';
import { openEngineCalls } from '../../../main/engine/calls.ts';
import { openLibrary } from '../../../main/engine/library/library.ts';
import { readSong } from '../../../main/engine/song-file.ts';
import { channels } from '../../../preload/channels.ts';
import { makeWav } from '../../e2e/support/wav.ts';
import { makeAnalysis, makeArrangement, makeFolder, removeFolder } from '../library/fixtures.ts';

let dir: string;
let takeIds: string[];
let opened: Awaited<ReturnType<typeof openEngineCalls>>;
/** What the dialogs answer, and what was asked of the system. */
let answer: string | null;
let refusal: string;
let asked: string[];

beforeAll(async () => {
  dir = makeFolder();
  const file = path.join(dir, 'one.wav');
  writeFileSync(file, makeWav({ INAM: 'One' }, 2));
  const info = await readSong(file);
  const library = openLibrary(path.join(dir, 'library'));
  library.songs.add(info, { path: file, size: statSync(file).size, mtime: 0 }, 0);
  library.analyses.put(makeAnalysis(info), { createdAt: 0 });
  takeIds = [1, 2].map((seed) => library.takes.add(makeArrangement(info, seed), seed).id);
  library.close();
  opened = await openEngineCalls({
    libraryDir: path.join(dir, 'library'),
    device: 'cpu',
    emit: () => undefined,
  });
});
afterAll(async () => {
  await opened.close();
  removeFolder(dir);
});
beforeEach(() => {
  answer = null;
  refusal = '';
  asked = [];
});

const event = {} as IpcMainInvokeEvent;
const pages = { svg: async () => ['<svg/>'], pdf: async () => Buffer.from('%PDF-') };

/** Sends what a page sends, as the router does. */
async function send(channel: string, sent?: unknown): Promise<unknown> {
  const call = calls().find((each) => each.channel === channel)!;
  return await call.act(event, call.schema.parse(sent));
}

let made: ReturnType<typeof fileCalls> | null = null;
function calls() {
  made ??= fileCalls({
    engine: { call: (name, input) => opened.calls[name](input as never) },
    draw: pages,
    temporary: () => path.join(dir, 'temporary'),
    askForFolder: async () => {
      asked.push('folder');
      return answer;
    },
    askForSong: async () => answer,
    askWhereToSave: async (_event, name) => {
      asked.push(`save ${name}`);
      return answer;
    },
    show: (file) => void asked.push(`show ${file}`),
    open: async (file) => {
      asked.push(`open ${path.basename(file)}`);
      return refusal;
    },
    drag: (_event, file) => void asked.push(`drag ${file}`),
    tell: (_event, { done, total }) => void asked.push(`${done}/${total}`),
  });
  return made;
}

describe('exports of the app', () => {
  it('ask for a place for one file, and write over it', async () => {
    const request = { id: 'one', takeIds: takeIds.slice(0, 1), formats: ['mid'] };
    expect(await send(channels.exportTakes, request)).toBeNull();
    answer = path.join(dir, 'mine.mid');
    writeFileSync(answer, 'before');
    const result = await send(channels.exportTakes, request);
    expect(result).toMatchObject({ written: ['mine.mid'], failed: [], folder: path.basename(dir) });
    expect(readFileSync(answer).subarray(0, 4).toString()).toBe('MThd');
    expect(asked).toEqual(['save One - take 1.mid', 'save One - take 1.mid', '0/1']);
    await send(channels.showExport, 'one');
    expect(asked.at(-1)).toBe(`show ${answer}`);
  });

  it('ask for a folder for more', async () => {
    answer = path.join(dir, 'folder');
    mkdirSync(answer);
    await send(channels.exportTakes, { id: 'more', takeIds, formats: ['pdf', 'svg'] });
    expect(asked[0]).toBe('folder');
    expect(readdirSync(answer).sort()).toEqual([
      'One - take 1.page1.svg',
      'One - take 1.pdf',
      'One - take 2.page1.svg',
      'One - take 2.pdf',
    ]);
    await expect(send(channels.showExport, 'unknown')).rejects.toMatchObject({ code: 'file-not-found' });
  });
});

describe('a take', () => {
  it('is opened in another program, which may not be there', async () => {
    await send(channels.openTake, { takeId: takeIds[0] });
    expect(asked).toEqual(['open One - take 1.musicxml']);
    refusal = 'No application is registered';
    await expect(send(channels.openTake, { takeId: takeIds[0] })).rejects.toMatchObject({
      code: 'program-missing',
      hint: expect.stringContaining('MuseScore'),
    });
  });

  it('is a whole file by the time it is dragged', async () => {
    await send(channels.prepareDrag, { takeId: takeIds[1] });
    await send(channels.dragTake, { takeId: takeIds[1] });
    const file = asked.at(-1)!.slice('drag '.length);
    expect(path.basename(file)).toBe('One - take 2.musicxml');
    expect(readFileSync(file, 'utf8')).toContain('</score-partwise>');
    // Also where nobody readied it.
    await send(channels.dragTake, { takeId: takeIds[0] });
    expect(existsSync(asked.at(-1)!.slice('drag '.length))).toBe(true);
  });
});
