import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { decodeEvidence } from '../../../main/engine/transcription/evidence-file.ts';
import { encodeSamples, inTempFolder, sine, wavFile, write } from '../audio/helpers.ts';
import { readExcerpt } from '../separation/passages.ts';
import { runCli } from './run-cli.ts';

describe('songleaf separate and analyse', () => {
  it('write stems, follow them, and hear nothing twice', async () => {
    await inTempFolder(async (folder) => {
      const excerpt = await readExcerpt(40, 6 * 44_100);
      const song = await write(folder, 'song.wav', wavFile(encodeSamples(excerpt, 16), { channels: 2 }));
      const stems = path.join(folder, 'stems');
      const parted = await runCli(['separate', song, '--out', stems]);
      expect(parted).toMatchObject({ code: 0 });
      expect(readdirSync(stems).sort()).toEqual(['song.accompaniment.flac', 'song.vocals.flac']);

      const work = path.join(folder, 'work');
      const analyse = async (...flags: string[]) => {
        const run = await runCli(['analyse', song, '--out', work, '--device', 'cpu', '--json', ...flags]);
        expect(run.stderr).not.toContain('failed');
        const { files } = JSON.parse(run.stdout) as { files: string[] };
        return files.map((file) => path.extname(file));
      };
      const read = () => {
        const name = readdirSync(work).find((file) => file.endsWith('.evidence'))!;
        return decodeEvidence(readFileSync(path.join(work, name)), name);
      };
      expect(await analyse('--separate', 'never')).toContain('.evidence');
      expect(read().voiceFrames).toBe(0);
      expect(await analyse('--separate', 'always')).toContain('.evidence');
      const heard = read();
      expect(heard.voiceFrames).toBe(1 + 6 / 0.016);
      expect(await analyse('--separate', 'always')).not.toContain('.evidence');
      // The stems that were just written say the same as the separation, but for their rounding.
      expect(await analyse('--accompaniment', path.join(stems, 'song.accompaniment.flac'))).toContain(
        '.evidence',
      );
      const given = read();
      expect(given.voiceFrames).toBe(heard.voiceFrames);
      const same = given.voice.filter((value, i) => Math.abs(value - heard.voice[i]!) <= 3).length;
      expect(same / heard.voice.length).toBeGreaterThan(0.95);
    });
  }, 300_000);

  it('write over no recording that was given', async () => {
    await inTempFolder(async (folder) => {
      const song = await write(folder, 'song.wav', wavFile(encodeSamples([sine(300, 44_100, 1)], 16)));
      const mine = await write(folder, 'song.vocals.flac', Buffer.from('mine'));
      const run = await runCli(['separate', song, mine, '--out', folder]);
      expect(run.code).toBe(1);
      expect(run.stderr).toContain('song.vocals.flac would be written over');
      expect(readFileSync(mine, 'utf8')).toBe('mine');
    });
  });

  it('name what is wrong with stems', async () => {
    await inTempFolder(async (folder) => {
      const tone = (name: string, seconds: number) =>
        write(folder, name, wavFile(encodeSamples([sine(300, 44_100, seconds)], 16)));
      const [song, short] = [await tone('song.wav', 4), await tone('short.wav', 1)];
      const run = (...args: string[]) =>
        runCli(['analyse', song, ...args, '--out', folder, '--device', 'cpu']);
      const missing = await run('--vocals', path.join(folder, 'nowhere.wav'));
      expect(missing.code).toBe(1);
      expect(missing.stderr).toContain('nowhere.wav');
      const several = await run(short, '--vocals', song);
      expect(several.code).toBe(1);
      expect(several.stderr).toContain('one song');
      const cut = await run('--vocals', short);
      expect(cut.code).toBe(1);
      expect(cut.stderr).toContain('short.wav is shorter than');
    });
  }, 300_000);
});
