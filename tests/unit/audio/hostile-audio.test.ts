import { execFile } from 'node:child_process';
import { chmod, mkdir, open, readFile, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import type { ErrorCode } from '../../../main/contract/errors.ts';
import { guardChunks } from '../../../main/engine/audio/guard-chunks.ts';
import { openAudio } from '../../../main/engine/audio/open-audio.ts';
import { readSongInfo } from '../../../main/engine/audio/song-info.ts';
import { boundByPermissions, canRunBound } from '../support/other-user.ts';
import {
  collectChannels,
  encodeSamples,
  fixture,
  hasFfmpeg,
  inTempFolder,
  peak,
  realSong,
  sine,
  songleafError,
  toneWav,
  type WavOptions,
  wavFile,
  write,
} from './helpers.ts';

const run = promisify(execFile);

async function decode(path: string, searchPath?: string): Promise<Float32Array[]> {
  return collectChannels((await openAudio(path, { searchPath })).chunks());
}

/** Writes the bytes to a file and says which error decoding it ends in. */
async function errorOf(bytes: Uint8Array | string, name = 'a.mp3'): Promise<ErrorCode> {
  return inTempFolder(async (folder) => {
    const path = await write(folder, name, bytes);
    const error = await songleafError(() => decode(path));
    expect(error.message).toContain(name);
    expect(error.hint).not.toBe('');
    return error.code;
  });
}

/** Bytes without pattern, the same in every run (xorshift32). */
function rubbish(length: number): Buffer {
  let state = 0x2545_f491;
  return Buffer.from(
    Array.from({ length }, () => {
      state ^= state << 13;
      state ^= state >>> 17;
      state ^= state << 5;
      return state & 0xff;
    }),
  );
}

describe('paths', () => {
  it('names files that are not there', async () => {
    await inTempFolder(async (folder) => {
      const file = await write(folder, 'file', 'x');
      for (const path of [
        join(folder, 'none.mp3'),
        join(file, 'in-a-file.mp3'),
        'with\0nul.mp3',
        `${folder}/${'x'.repeat(5000)}`,
      ]) {
        expect((await songleafError(() => openAudio(path))).code).toBe('file-not-found');
        expect((await songleafError(() => readSongInfo(path))).code).toBe('file-not-found');
      }
    });
  });

  it('refuses folders and endless links', async () => {
    await inTempFolder(async (folder) => {
      await mkdir(join(folder, 'album.mp3'));
      const error = await songleafError(() => openAudio(join(folder, 'album.mp3')));
      expect(error).toMatchObject({ code: 'file-unreadable', message: '“album.mp3” is a folder.' });
      await symlink(join(folder, 'loop.mp3'), join(folder, 'loop.mp3'));
      expect((await songleafError(() => openAudio(join(folder, 'loop.mp3')))).code).toBe('file-unreadable');
    });
  });

  it.skipIf(process.platform === 'win32')('does not wait for a named pipe', async () => {
    await inTempFolder(async (folder) => {
      const path = join(folder, 'pipe.mp3');
      await run('mkfifo', [path]);
      expect((await songleafError(() => openAudio(path))).code).toBe('file-unreadable');
    });
  });

  it.skipIf(!canRunBound)('tells of missing permission (needs a user without rights)', async () => {
    await inTempFolder(async (folder) => {
      await chmod(folder, 0o755);
      const path = await write(folder, 'secret.wav', toneWav());
      await chmod(path, 0o000);
      // Permissions do not bind root, so the file is opened by another user there.
      const module = new URL('../../../main/engine/audio/open-audio.ts', import.meta.url).href;
      const script = `import { openAudio } from '${module}';
        openAudio(process.argv[1]).then(() => console.log('opened'), (error) => console.log(error.code));`;
      const { stdout } = await run(
        process.execPath,
        ['--input-type=module', '-e', script, path],
        boundByPermissions,
      );
      expect(stdout.trim()).toBe('file-unreadable');
    });
  });

  it('takes names that look like options, protocols or other scripts', async () => {
    await inTempFolder(async (folder) => {
      for (const name of ['-i.wav', 'concat:x.wav', 'Ünïcødé – 日本語 🎹.wav', 'a\nb.wav']) {
        const [samples] = await decode(await write(folder, name, toneWav()));
        expect(samples!.length).toBe(44_100);
      }
    });
  });

  it.skipIf(!hasFfmpeg)('hands such names to ffmpeg unharmed', async () => {
    await inTempFolder(async (folder) => {
      const m4a = await readFile(fixture('tone.m4a'));
      for (const name of ['-i.m4a', 'concat:x.m4a', '日本語 %d ‘quoted’.m4a']) {
        expect((await decode(await write(folder, name, m4a)))[0]!.length).toBeGreaterThan(44_000);
      }
    });
  });
});

describe('content', () => {
  it.each<[string, ErrorCode, Uint8Array | string]>([
    ['nothing', 'audio-empty', ''],
    ['random bytes', 'audio-unsupported', rubbish(50_000)],
    ['zeros', 'audio-unsupported', Buffer.alloc(50_000)],
    ['all ones', 'audio-unsupported', Buffer.alloc(50_000, 0xff)],
    ['one byte', 'audio-unsupported', 'x'],
    ['text', 'audio-unsupported', 'These are the lyrics of a song.\n'.repeat(500)],
    [
      'a picture',
      'audio-unsupported',
      Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), rubbish(5000)]),
    ],
    ['MIDI', 'audio-unsupported', Buffer.concat([Buffer.from('MThd\0\0\0\x06'), rubbish(500)])],
    [
      'tags without sound',
      'audio-corrupt',
      Buffer.concat([Buffer.from('ID3\x04\0\0\0\0\x07\x68'), Buffer.alloc(2000)]),
    ],
    ['a wav header alone', 'audio-empty', wavFile(Buffer.alloc(0))],
    ['wav without samples', 'audio-corrupt', wavFile(Buffer.alloc(0)).subarray(0, 36)],
    [
      'wav without format',
      'audio-corrupt',
      Buffer.from('RIFF\xff\0\0\0WAVEdata\x10\0\0\0aaaaaaaaaaaaaaaa', 'latin1'),
    ],
    [
      'wav of endless chunks',
      'audio-corrupt',
      Buffer.concat([Buffer.from('RIFF\0\0\0\0WAVE'), Buffer.alloc(100_000)]),
    ],
    ['compressed wav', 'audio-unsupported', wavFile(rubbish(9000), { tag: 0x11, bits: 8 })],
    ['a flac header and rubbish', 'audio-corrupt', Buffer.concat([Buffer.from('fLaC'), rubbish(9000)])],
    [
      'an Ogg page of rubbish',
      'audio-unsupported',
      Buffer.concat([Buffer.from('OggS\0\x02'), rubbish(9000)]),
    ],
    ['aiff without chunks', 'audio-corrupt', Buffer.from('FORM\0\0\0\x04AIFF')],
    ['an MP4 header alone', 'audio-corrupt', Buffer.from('\0\0\0\x10ftypM4A \0\0\0\0')],
  ])('rejects %s as %s', async (_, code, bytes) => {
    expect(await errorOf(bytes)).toBe(code);
  });

  it('rejects what it cannot read with advice', async () => {
    const error = await songleafError(() => openAudio(fixture('tone.webm')));
    expect(error).toMatchObject({ code: 'audio-unsupported' });
    expect(error.message).toContain('WebM');
    expect(error.hint).toContain('flac or mp3');
  });

  it.each<[string, WavOptions]>([
    ['no channels', { channels: 0 }],
    ['33 channels', { channels: 33 }],
    ['65,535 channels', { channels: 65_535, bits: 8 }],
    ['0 Hz', { sampleRate: 0 }],
    ['4 GHz', { sampleRate: 0xffff_ffff }],
    ['1 Hz', { sampleRate: 1 }],
  ])('rejects wav with %s', async (_, options) => {
    const wav = wavFile(Buffer.alloc(200_000), {
      ...options,
      channels: Math.min(options.channels ?? 1, 8191),
    });
    // Beyond 8,191 channels of 8 bits the block size no longer fits its field.
    if (options.channels !== undefined) wav.writeUInt16LE(options.channels, 22);
    expect(await errorOf(wav, 'a.wav')).toBe('audio-corrupt');
  });

  it('rejects headers that flac or vorbis cannot mean', async () => {
    const flac = await readFile(fixture('tone.flac'));
    flac.fill(0, 18, 20);
    expect(await errorOf(flac, 'a.flac')).toBe('audio-corrupt');
    const ogg = await readFile(fixture('tone.ogg'));
    ogg[28 + 11] = 255;
    expect(await errorOf(ogg, 'a.ogg')).toBe('audio-corrupt');
  });

  it.each(['drms', 'enca'])('tells protected files (%s)', async (entry) => {
    const m4a = await readFile(fixture('tone.m4a'));
    m4a.write(entry, m4a.indexOf('mp4a', m4a.indexOf('stsd')), 'latin1');
    expect(await errorOf(m4a, 'a.m4a')).toBe('audio-protected');
    expect(
      await inTempFolder(
        async (folder) =>
          (await songleafError(async () => readSongInfo(await write(folder, 'a.m4p', m4a)))).code,
      ),
    ).toBe('audio-protected');
  });

  it('tells protected files by their brand', async () => {
    const m4a = await readFile(fixture('tone.m4a'));
    m4a.write('M4P ', 8, 'latin1');
    expect(await errorOf(m4a, 'a.m4p')).toBe('audio-protected');
  });

  it('says what to do where there is no decoder', async () => {
    for (const name of ['tone.m4a', 'alac.m4a', 'tone.aac']) {
      const error = await songleafError(() => openAudio(fixture(name), { searchPath: '' }));
      expect(error.code).toBe('decoder-missing');
      expect(error.hint).toMatch(/Install ffmpeg.*app.*convert it to flac or mp3/);
    }
  });

  it('does not run programs from relative search paths', async () => {
    await inTempFolder(async (folder) => {
      await chmod(await write(folder, 'ffmpeg', '#!/bin/sh\necho ran\n'), 0o755);
      const error = await songleafError(() => openAudio(fixture('tone.m4a'), { searchPath: '.:tests:' }));
      expect(error.code).toBe('decoder-missing');
    });
  });

  it.skipIf(process.platform === 'win32')('survives an ffmpeg that fails or cannot start', async () => {
    await inTempFolder(async (folder) => {
      const program = await write(folder, 'ffmpeg', '#!/bin/sh\necho no such codec >&2\nexit 1\n');
      await chmod(program, 0o755);
      const failing = await songleafError(() => decode(fixture('tone.m4a'), folder));
      expect(failing.code).toBe('audio-corrupt');
      expect(failing.message).toContain('no such codec');
      await write(folder, 'ffmpeg', 'not a program');
      expect((await songleafError(() => decode(fixture('tone.m4a'), folder))).code).toBe('audio-corrupt');
    });
  });
});

describe('lengths', () => {
  it('rejects less than 0.2 s', async () => {
    expect(await errorOf(toneWav(0.1), 'short.wav')).toBe('audio-empty');
    expect(await errorOf(wavFile(Buffer.alloc(2)), 'sample.wav')).toBe('audio-empty');
    // The header promises a second.
    expect(await errorOf(toneWav(1).subarray(0, 4000), 'cut.wav')).toBe('audio-corrupt');
  });

  it('takes one second, and silence', async () => {
    await inTempFolder(async (folder) => {
      const silence = wavFile(encodeSamples([new Float32Array(44_100)], 16));
      const [samples] = await decode(await write(folder, 'silence.wav', silence));
      expect(samples!.length).toBe(44_100);
      expect(peak(samples!)).toBe(0);
      expect((await decode(await write(folder, 'second.wav', toneWav(1))))[0]!.length).toBe(44_100);
    });
  });

  it('rejects more than four hours by the header', async () => {
    await inTempFolder(async (folder) => {
      const seconds = 4.5 * 3600;
      const header = wavFile(Buffer.alloc(0), { bits: 8, sampleRate: 8000, dataSize: seconds * 8000 });
      const path = await write(folder, 'radio.wav', header);
      // Sparse: the file takes no room.
      const file = await open(path, 'r+');
      await file.truncate(header.length + seconds * 8000);
      await file.close();
      expect((await songleafError(() => openAudio(path))).code).toBe('audio-too-long');
      expect((await songleafError(() => readSongInfo(path))).code).toBe('audio-too-long');
    });
  });

  it('rejects more than four hours that no header tells of', async () => {
    const endless = async function* () {
      for (;;) yield { channelData: [new Float32Array(2_000_000)], sampleRate: 2000 };
    };
    const state = { fraction: 0, damage: null };
    const options = {
      path: 'x.ogg',
      sampleRate: 2000,
      promised: null,
      signal: undefined,
      state,
      note: () => undefined,
    };
    const error = await songleafError(async () => {
      for await (const _ of guardChunks(endless(), options));
    });
    expect(error.code).toBe('audio-too-long');
  });

  it('does not believe a length that the file is far too small for', async () => {
    await inTempFolder(async (folder) => {
      const flac = await readFile(fixture('tone.flac'));
      // Total samples: about three million seconds.
      flac.fill(0xff, 22, 26);
      flac[21] = flac[21]! | 15;
      const source = await openAudio(await write(folder, 'liar.flac', flac));
      expect(source.duration).toBeNull();
      expect((await collectChannels(source.chunks()))[0]!.length).toBe(22_050);
    });
  });
});

describe('damage', () => {
  it('turns samples that are no numbers, or absurd, into silence', async () => {
    await inTempFolder(async (folder) => {
      const wave = sine(440, 8000, 1);
      wave[10] = Number.NaN;
      wave[11] = Number.POSITIVE_INFINITY;
      wave[12] = Number.NEGATIVE_INFINITY;
      wave[13] = 1e30;
      const wav = wavFile(encodeSamples([wave], 32, true), { bits: 32, tag: 3, sampleRate: 8000 });
      const [samples] = await decode(await write(folder, 'nan.wav', wav));
      expect([...samples!.subarray(10, 14)]).toEqual([0, 0, 0, 0]);
      expect(samples!.slice(14)).toEqual(wave.slice(14));
    });
  });

  it.each(['tone.mp3', 'tone.flac', 'tone.oga', 'tone.ogg', 'tone.opus', 'tone.aiff'])(
    'gives the part of a truncated %s that decodes, unaltered',
    async (name) => {
      await inTempFolder(async (folder) => {
        const bytes = await readFile(fixture(name));
        const [whole] = await decode(fixture(name));
        const path = await write(folder, name, bytes.subarray(0, Math.floor(bytes.length * 0.7)));
        // A tiny Ogg stream lies in one or two pages, of which no part decodes without the rest.
        const part = await decode(path).catch((error: unknown) => error);
        if (!Array.isArray(part)) {
          expect(part).toMatchObject({ name: 'SongleafError', code: 'audio-corrupt' });
          expect(name).toMatch(/ogg|oga|opus$/);
          return;
        }
        const [samples] = part as Float32Array[];
        expect(samples!.length).toBeGreaterThan(whole!.length * 0.3);
        expect(samples!.length).toBeLessThan(whole!.length);
        // The last frame may have lost its end.
        const sound = samples!.subarray(0, samples!.length - 3000);
        expect(sound).toEqual(whole!.subarray(0, sound.length));
      });
    },
  );

  it('gives the part of a truncated Ogg song that decodes, unaltered', async () => {
    await inTempFolder(async (folder) => {
      const bytes = await readFile(realSong);
      const [whole] = await decode(realSong);
      const [part] = await decode(await write(folder, 'cut.ogg', bytes.subarray(0, 300_000)));
      expect(part!.length / 44_100).toBeGreaterThan(15);
      expect(part!).toEqual(whole!.subarray(0, part!.length));
    });
  });

  it('notes how much of a truncated song is left', async () => {
    await inTempFolder(async (folder) => {
      const wav = toneWav(10);
      const source = await openAudio(await write(folder, 'cut.wav', wav.subarray(0, wav.length / 2)));
      expect(source.duration).toBeCloseTo(5, 2);
      await collectChannels(source.chunks());
      expect(source.notes).toEqual([
        'The file is damaged or incomplete: only the first 5 s of 10 s could be read.',
      ]);
    });
  });

  it('keeps the time axis where the sample rate changes halfway', async () => {
    const wave = async function* () {
      yield { channelData: [sine(440, 44_100, 1)], sampleRate: 44_100 };
      yield { channelData: [sine(440, 22_050, 1)], sampleRate: 22_050 };
      yield { channelData: [new Float32Array(1_000_000)], sampleRate: 7 };
    };
    const notes: string[] = [];
    const state = { fraction: 0, damage: null };
    const note = (text: string) => notes.push(text);
    const options = { path: 'x.ogg', sampleRate: 44_100, promised: null, signal: undefined, state, note };
    const [samples] = await collectChannels(guardChunks(wave(), options));
    expect(samples!.length).toBe(88_200);
    expect(notes).toEqual([
      'Damaged parts with an impossible number of channels or sample rate were left out.',
    ]);
  });
});

describe('cancelling', () => {
  it('stops before and during decoding', async () => {
    const aborted = AbortSignal.abort();
    expect((await songleafError(() => openAudio(fixture('tone.mp3'), { signal: aborted }))).code).toBe(
      'cancelled',
    );
    expect((await songleafError(() => readSongInfo(fixture('tone.mp3'), { signal: aborted }))).code).toBe(
      'cancelled',
    );
    for (const name of ['tone.mp3', 'tone.flac', 'tone.opus', 'tone.aiff']) {
      const controller = new AbortController();
      const source = await openAudio(fixture(name), { signal: controller.signal });
      const chunks = source.chunks()[Symbol.asyncIterator]();
      controller.abort();
      expect((await songleafError(() => chunks.next())).code).toBe('cancelled');
    }
  });

  it.skipIf(!hasFfmpeg)('ends ffmpeg', async () => {
    const controller = new AbortController();
    const source = await openAudio(fixture('tone.m4a'), { signal: controller.signal });
    const chunks = source.chunks()[Symbol.asyncIterator]();
    await chunks.next();
    controller.abort();
    const error = await songleafError(async () => {
      while (!(await chunks.next()).done);
    });
    expect(error.code).toBe('cancelled');
  });
});
