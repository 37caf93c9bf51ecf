import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { songInfoSchema } from '../../../main/contract/analysis.ts';
import { cleanText } from '../../../main/engine/audio/clean-text.ts';
import { MAX_COVER_BYTES } from '../../../main/engine/audio/cover.ts';
import { audioExtensions, isAudioFile } from '../../../main/engine/audio/formats.ts';
import { readSongInfo } from '../../../main/engine/audio/song-info.ts';
import { fixture, inTempFolder, realSong, toneWav, write } from './helpers.ts';

/** An ID3v2.4 tag with frames that are already encoded. */
function id3(frames: [string, Buffer][]): Buffer {
  const syncsafe = (value: number) =>
    Buffer.from([value >>> 21, (value >>> 14) & 127, (value >>> 7) & 127, value & 127]);
  const body = Buffer.concat(
    frames.flatMap(([name, data]) => [Buffer.from(name), syncsafe(data.length), Buffer.alloc(2), data]),
  );
  return Buffer.concat([Buffer.from('ID3\x04\0\0'), syncsafe(body.length), body]);
}

const utf8 = (text: string) => Buffer.concat([Buffer.from([3]), Buffer.from(text)]);
const picture = (data: Buffer) => Buffer.concat([Buffer.from('\0image/jpeg\0\x03\0', 'latin1'), data]);

/** The mp3 fixture without its own tag. */
async function bareMp3(): Promise<Buffer> {
  const mp3 = await readFile(fixture('tone.mp3'));
  const size = [6, 7, 8, 9].reduce((sum, i) => sum * 128 + mp3[i]!, 0);
  return mp3.subarray(10 + size);
}

async function infoOf(frames: [string, Buffer][], name = 'a.mp3') {
  return inTempFolder(async (folder) =>
    readSongInfo(await write(folder, name, Buffer.concat([id3(frames), await bareMp3()]))),
  );
}

describe('readSongInfo', () => {
  it.each([
    ['tone.mp3', 1],
    ['tone.flac', 1],
    ['tone.ogg', 1],
    ['tone.opus', 1],
    ['tone.m4a', 1],
    ['alac.m4a', 1],
    ['tone.aiff', 1],
  ])('reads the tags of %s', async (name, seconds) => {
    const { cover, notes, ...song } = await readSongInfo(fixture(name));
    const hash = createHash('sha256')
      .update(await readFile(fixture(name)))
      .digest('hex');
    expect(song).toMatchObject({ title: 'Tone', artist: 'Generator', album: 'Fixtures', hash });
    expect(Math.abs(song.duration - seconds)).toBeLessThan(0.1);
    expect(songInfoSchema.parse(song)).toEqual(song);
    expect(notes).toEqual([]);
    const hasCover = name === 'tone.mp3' || name === 'tone.flac';
    expect(cover?.mime).toBe(hasCover ? 'image/jpeg' : undefined);
    if (cover) expect([...cover.bytes.subarray(0, 3)]).toEqual([0xff, 0xd8, 0xff]);
  });

  it('reads a real song', async () => {
    const song = await readSongInfo(realSong);
    expect(song).toMatchObject({ title: 'Let’s Go Fishin’'.replaceAll('’', "'"), artist: 'Karissa Hobbs' });
    expect(song.duration).toBeCloseTo(132.989, 3);
  });

  it('takes the name of the file where there is no title', async () => {
    await inTempFolder(async (folder) => {
      for (const [name, title] of [
        ['01 - My song.wav', '01 - My song'],
        ['dots. in. it.wav', 'dots. in. it'],
        ['.wav', '.wav'],
      ] as const) {
        expect(await readSongInfo(await write(folder, name, toneWav()))).toMatchObject({
          title,
          artist: '',
          album: '',
          duration: 1,
        });
      }
    });
    expect((await infoOf([['TIT2', utf8('\x01\x02 \u202e')]], 'named.mp3')).title).toBe('named');
  });

  it('cleans what tags say', async () => {
    const info = await infoOf([
      ['TIT2', utf8('e\u0301t\u202ee\x07\nline')],
      ['TPE1', utf8('x'.repeat(5000))],
      ['TALB', utf8(`${'y'.repeat(999)}🎹`)],
    ]);
    expect(info.title).toBe('éte line');
    expect(info.artist).toBe('x'.repeat(1000));
    expect(info.album).toBe('y'.repeat(999));
  });

  it('ignores covers that are too large or no pictures, with a note', async () => {
    const jpeg = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff]), Buffer.alloc(MAX_COVER_BYTES)]);
    const huge = await infoOf([
      ['TIT2', utf8('Big')],
      ['APIC', picture(jpeg)],
    ]);
    expect(huge).toMatchObject({ title: 'Big', notes: ['A cover of 10 MB is too large and was ignored.'] });
    expect(huge.cover).toBeUndefined();
    const html = await infoOf([['APIC', picture(Buffer.from('<script>alert(1)</script>'))]]);
    expect(html.cover).toBeUndefined();
    expect(html.notes).toEqual(['A cover that is neither JPEG, PNG, GIF nor WebP was ignored.']);
  });

  it('keeps what comes before a break in the tags', async () => {
    await inTempFolder(async (folder) => {
      const flac = await readFile(fixture('tone.flac'));
      // The picture's length, inside its block, becomes 4 GB.
      const block = flac.indexOf('image/jpeg') - 12;
      flac.fill(0xff, block + 4 + 4 + 10, block + 4 + 4 + 14);
      const info = await readSongInfo(await write(folder, 'broken.flac', flac));
      expect(info.title).toBe('Tone');
      expect(info.duration).toBe(1);
    });
  });

  it('measures mp3 of changing bitrate without an index', async () => {
    await inTempFolder(async (folder) => {
      const frames = await bareMp3();
      // Ten seconds: the frames behind the first, which is the index, ten times.
      const body = frames.subarray(frames.indexOf(Buffer.from([0xff, 0xfb]), 4));
      const path = await write(folder, 'a.mp3', Buffer.concat(Array.from({ length: 10 }, () => body)));
      expect(Math.abs((await readSongInfo(path)).duration - 10.4)).toBeLessThan(0.3);
    });
  });
});

describe('cleanText', () => {
  it('always gives one clean line within the limit', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 3000 }),
        fc.integer({ min: 1, max: 1000 }),
        (text, limit) => {
          const clean = cleanText(text, limit);
          expect(clean.length).toBeLessThanOrEqual(limit);
          expect(clean).not.toMatch(/[\p{Cc}\p{Cs}\u2028\u2029\u202A-\u202E\u2066-\u2069]/u);
          if (text.length <= limit) expect(clean).toBe(clean.normalize('NFC'));
        },
      ),
    );
  });

  it('leaves ordinary text alone', () => {
    for (const text of ['Let’s Go Fishin’', 'Dvořák: Rusalka', '津軽海峡', 'مرحبا', '👩‍🎤']) {
      expect(cleanText(text)).toBe(text);
    }
  });
});

describe('isAudioFile', () => {
  it('goes by the extension in any case', () => {
    for (const extension of audioExtensions)
      expect(isAudioFile(`/music/a.${extension.toUpperCase()}`)).toBe(true);
    for (const path of ['/music/mp3', '/music/.mp3', 'cover.jpg', 'a.mp3.part', 'a']) {
      expect(isAudioFile(path)).toBe(false);
    }
  });
});
