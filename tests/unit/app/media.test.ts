import { writeFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { answerMediaRequest } from '../../../main/app/media-protocol.ts';
import { audioFormats, audioMixes } from '../../../main/contract/audio.ts';
import { type Media, mediaPath, parseMediaPath, songSounds } from '../../../main/contract/media.ts';
import { parseRange } from '../../../main/shell/byte-range.ts';
import { checkCall, type RelayedEngine } from '../../../main/shell/dispatch.ts';
import { temporaryFolder } from './support/temporary.ts';

const id = 'ab'.repeat(32);

describe('the address of what sounds', () => {
  it('names each medium in one way', () => {
    const all: Media[] = [
      { kind: 'piano' },
      ...songSounds.map((sound) => ({ kind: 'song' as const, songId: id, sound })),
      ...audioMixes.flatMap((mix) =>
        audioFormats.map((format) => ({ kind: 'take' as const, takeId: id, mix, format })),
      ),
    ];
    for (const media of all) expect(parseMediaPath(mediaPath(media))).toEqual(media);
  });

  it('names nothing else', () => {
    const hostile = [
      '',
      '/',
      '/piano/',
      '//piano',
      '/piano/../etc/passwd',
      `/song/${id}`,
      `/song/${id}/record/`,
      `/song/${id.toUpperCase()}/record`,
      `/song/../${id}/record`,
      `/song/%2e%2e/record`,
      `/take/${id}/piano.exe`,
      `/take/${id}/piano.wav.flac`,
      `/take/${id}/\u0000piano.wav`,
      '/song/../../../../etc/passwd/record',
    ];
    for (const path of hostile) expect(parseMediaPath(path), path).toBeNull();
    fc.assert(fc.property(fc.webPath(), (path) => path === '/piano' || parseMediaPath(path) === null));
  });

  it('is a matter between shell and engine: no page learns where a file lies', () => {
    expect(() => checkCall('media.file', { kind: 'piano' }, 'page')).toThrowError(
      expect.objectContaining({ code: 'bad-request' }),
    );
    expect(checkCall('media.file', { kind: 'piano' }, 'shell').name).toBe('media.file');
  });
});

describe('parseRange', () => {
  it.each([
    [null, 'all'],
    ['bytes=0-9', { first: 0, last: 9 }],
    ['bytes=90-200', { first: 90, last: 99 }],
    ['bytes=95-', { first: 95, last: 99 }],
    ['bytes=-10', { first: 90, last: 99 }],
    ['bytes=-1000', { first: 0, last: 99 }],
    ['bytes=100-', 'none'],
    ['bytes=-0', 'none'],
    ['bytes=9-3', 'all'],
    ['bytes=0-1,5-6', 'all'],
    ['items=0-1', 'all'],
    ['bytes=-', 'all'],
    ['bytes=99999999999999999999-', 'all'],
  ] as const)('reads %s of a hundred bytes', (header, expected) => {
    expect(parseRange(header, 100)).toEqual(expected);
  });

  it('never leaves the file', () => {
    fc.assert(
      fc.property(fc.string(), fc.nat(), fc.nat(), fc.nat({ max: 1000 }), (junk, a, b, size) => {
        for (const header of [junk, `bytes=${a}-${b}`, `bytes=${a}-`, `bytes=-${b}`]) {
          const range = parseRange(header, size);
          if (typeof range === 'string') continue;
          expect(range.first).toBeGreaterThanOrEqual(0);
          expect(range.last).toBeLessThan(size);
          expect(range.first).toBeLessThanOrEqual(range.last);
        }
      }),
    );
  });
});

describe('media:', () => {
  const asked: unknown[] = [];
  function engine(): RelayedEngine {
    const file = path.join(temporaryFolder(), 'sound.wav');
    writeFileSync(file, Buffer.from(Array.from({ length: 100 }, (_, i) => i)));
    return {
      call: async (name, input) => {
        asked.push([name, input]);
        return { path: file, type: 'audio/wav', name: 'Bär "1".wav' };
      },
    };
  }
  const ask = (url: string, init?: RequestInit) => answerMediaRequest(engine(), new Request(url, init));

  it('sends a part of a file to the window alone', async () => {
    const url = `media://songleaf/song/${id}/record`;
    const answer = await ask(url, { headers: { Range: 'bytes=10-19', Origin: 'app://songleaf' } });
    expect(answer.status).toBe(206);
    expect(answer.headers.get('Content-Range')).toBe('bytes 10-19/100');
    expect(answer.headers.get('Access-Control-Allow-Origin')).toBe('app://songleaf');
    expect([...new Uint8Array(await answer.arrayBuffer())]).toEqual(
      Array.from({ length: 10 }, (_, i) => 10 + i),
    );
    expect(asked.at(-1)).toEqual(['media.file', { kind: 'song', songId: id, sound: 'record' }]);
    expect((await ask(url, { headers: { Range: 'bytes=200-' } })).status).toBe(416);
    expect((await ask(url)).status).toBe(200);

    for (const [hostile, init] of [
      [url, { headers: { Origin: 'https://example.org' } }],
      [url, { headers: { Origin: 'app://songleaf.evil' } }],
      [url, { method: 'POST' }],
      [`media://elsewhere/song/${id}/record`, {}],
      ['media://songleaf/etc/passwd', {}],
    ] as const) {
      expect((await ask(hostile, init)).status, hostile).toBe(404);
    }
  });

  it('gives a take a file name that is plain everywhere', async () => {
    const answer = await ask(`media://songleaf/take/${id}/piano.wav`);
    expect(answer.headers.get('Content-Disposition')).toBe(
      `attachment; filename="B_r _1_.wav"; filename*=UTF-8''B%C3%A4r%20_1_.wav`,
    );
  });
});
