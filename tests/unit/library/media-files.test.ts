import { existsSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { playerSettingsSchema } from '../../../main/contract/performance.ts';
import { defaultScoreOptions } from '../../../main/contract/score-options.ts';
import { createMediaFiles } from '../../../main/engine/library/media-files.ts';
import { createPaper } from '../../../main/engine/library/paper.ts';
import { createSongStateFiles } from '../../../main/engine/library/song-state-files.ts';
import { inTempFolder } from '../audio/helpers.ts';

const ids = ['a', 'b', 'c'].map((letter) => letter.repeat(64));

describe('sound that can be made again', () => {
  it('is found, trimmed by its last use, and removed with its song', async () => {
    await inTempFolder(async (folder) => {
      const media = createMediaFiles(folder, 250);
      const files = ids.map((id, age) => {
        const file = media.place(id, '1.0', 'record.wav');
        writeFileSync(file, Buffer.alloc(100));
        utimesSync(file, 1000 + age, 1000 + age);
        return file;
      });
      // The oldest has been used since.
      expect(media.find(ids[0]!, '1.0', 'record.wav')).toBe(files[0]);
      expect(media.find(ids[0]!, '2.0', 'record.wav')).toBeNull();
      expect(media.find(ids[0]!, '1.0', 'vocals.wav')).toBeNull();
      media.trim(files[2]!);
      expect(files.map((file) => existsSync(file))).toEqual([true, false, true]);
      media.remove(ids[0]!);
      expect(files.map((file) => existsSync(file))).toEqual([false, false, true]);
    });
  });

  it('is swept where it is unfinished or of another engine, and nothing else is', async () => {
    await inTempFolder(async (folder) => {
      const media = createMediaFiles(folder);
      const names = [
        `${ids[0]}-1.0.record.wav`,
        `${ids[0]}-0.9.record.wav`,
        `${ids[0]}-1.0.piano.flac.tmp`,
        'holiday.wav',
      ];
      for (const name of names) writeFileSync(path.join(folder, name), '');
      media.sweep('1.0');
      expect(readdirSync(folder).sort()).toEqual([names[0], 'holiday.wav'].sort());
    });
  });

  it('has no names that lead elsewhere', async () => {
    await inTempFolder(async (folder) => {
      const media = createMediaFiles(folder);
      for (const [id, name] of [
        ['../../etc', 'record.wav'],
        [ids[0]!, '../record.wav'],
        [ids[0]!, 'record.exe'],
      ] as const) {
        expect(() => media.place(id, '1.0', name)).toThrowError(
          expect.objectContaining({ code: 'bad-request' }),
        );
      }
    });
  });
});

describe('how a song is listened to', () => {
  it('is remembered, and the defaults where it is damaged', async () => {
    await inTempFolder(async (folder) => {
      const files = createSongStateFiles(path.join(folder, 'player'), playerSettingsSchema);
      const usual = files.get(ids[0]!);
      expect(usual).toMatchObject({ mix: 0.5, speed: 1, loop: null });
      const own = { ...usual, mix: 0.2, loop: { first: 3, last: 7 } };
      files.put(ids[0]!, own);
      expect(files.get(ids[0]!)).toEqual(own);
      writeFileSync(path.join(folder, 'player', `${ids[0]}.json`), '{"mix":7}');
      expect(files.get(ids[0]!)).toEqual(usual);
      files.remove(ids[0]!);
      files.remove(ids[1]!);
      expect(() => files.get('../x')).toThrowError(expect.objectContaining({ code: 'song-unknown' }));
    });
  });
});

describe('how scores are read', () => {
  it("is the song's key, and the same switches for all songs", async () => {
    await inTempFolder(async (folder) => {
      const open = () => createPaper(path.join(folder, 'paper.json'), path.join(folder, 'paper'));
      const usual = open().get(ids[0]!);
      expect(usual).toEqual(defaultScoreOptions);
      open().put(ids[0]!, { ...usual, transpose: -3, largePrint: true });
      expect(open().get(ids[0]!)).toEqual({ ...usual, transpose: -3, largePrint: true });
      expect(open().get(ids[1]!)).toEqual({ ...usual, transpose: 0, largePrint: true });
      open().remove(ids[0]!);
      expect(open().get(ids[0]!).transpose).toBe(0);
      expect(() => open().get('../x')).toThrowError(expect.objectContaining({ code: 'song-unknown' }));
    });
  });
});
