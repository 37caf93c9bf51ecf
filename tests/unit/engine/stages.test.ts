import { spawn } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { Beat } from '../../../main/contract/analysis.ts';
import { Engine, type HearTools } from '../../../main/engine/engine.ts';
import type { Evidence } from '../../../main/engine/transcription/evidence.ts';
import { allocateEvidence } from '../../../main/engine/transcription/evidence-file.ts';
import {
  addStage,
  type HeardStage,
  hasStage,
  isVoiceless,
} from '../../../main/engine/transcription/evidence-stages.ts';
import { encodeSamples, inTempFolder, sine, wavFile, write } from '../audio/helpers.ts';
import { readExcerpt } from '../separation/passages.ts';

const script = fileURLToPath(new URL('./children/hear-until-killed.ts', import.meta.url));

/** A stretch of the real song as a file. */
async function writeExcerpt(folder: string, seconds: number): Promise<string> {
  return await write(
    folder,
    'excerpt.wav',
    wavFile(encodeSamples(await readExcerpt(40, seconds * 44_100), 16), { channels: 2 }),
  );
}

/** Keeps stages in memory and notes what was written. */
function makeStore() {
  let evidence = allocateEvidence(0);
  const written: HeardStage[] = [];
  const stagesOf: NonNullable<HearTools['stagesOf']> = () => ({
    read: (stage) => (hasStage(evidence, stage) ? evidence : null),
    write(stage, part: Evidence) {
      written.push(stage);
      evidence = addStage(evidence, part, stage);
    },
  });
  return { stagesOf, written };
}

describe('stages of the listening', () => {
  it('survive a kill and are not heard again', async () => {
    await inTempFolder(async (folder) => {
      const song = await writeExcerpt(folder, 4);
      const run = (last: string) =>
        new Promise<{ out: string; signal: string | null }>((resolve) => {
          const child = spawn(process.execPath, [script, path.join(folder, 'library'), song, last], {
            stdio: ['ignore', 'pipe', 'inherit'],
          });
          let out = '';
          child.stdout.on('data', (part) => {
            out += part;
          });
          child.on('close', (_, signal) => resolve({ out, signal }));
        });
      expect(await run('notes')).toEqual({ out: 'notes ', signal: 'SIGKILL' });
      expect(await run('chords')).toEqual({ out: 'chords ', signal: 'SIGKILL' });
      expect(await run('none')).toEqual({ out: 'voice ', signal: null });
      expect(await run('none')).toEqual({ out: '', signal: null });
    });
  }, 300_000);

  it('tell beats first, go on after a cancel, and give what one run gives', async () => {
    await inTempFolder(async (folder) => {
      const song = await writeExcerpt(folder, 15);
      const engine = new Engine({ device: 'cpu' });
      const { stagesOf, written } = makeStore();
      const told: string[] = [];
      const stop = new AbortController();
      const onBeats = (beats: readonly Beat[]) => {
        expect(written).toEqual([]);
        told.push(`${beats.length > 12}`);
      };
      let reached = 0;
      const fractions: number[] = [];
      await expect(
        engine.hear(song, {
          separate: 'always',
          stagesOf,
          onBeats,
          signal: stop.signal,
          onProgress: ({ fraction }) => {
            fractions.push(fraction);
            if (written.includes('chords')) {
              reached = performance.now();
              stop.abort();
            }
          },
        }),
      ).rejects.toMatchObject({ code: 'cancelled' });
      expect(performance.now() - reached).toBeLessThan(5000);
      expect(fractions).toEqual([...fractions].sort((a, b) => a - b));
      expect(written).toEqual(['notes', 'chords']);
      const resumed = await engine.hear(song, { separate: 'always', stagesOf, onBeats });
      expect(written).toEqual(['notes', 'chords', 'voice']);
      expect(told).toEqual(['true']);
      expect(await engine.hear(song, { separate: 'always' })).toEqual(resumed);
      // Whoever wants no separation gets none, though it is there.
      const plain = await engine.hear(song, { separate: 'never', stagesOf });
      expect(plain.evidence.voiceFrames).toBe(0);
      expect(plain.device).toBeUndefined();
      await engine.close();
    });
  }, 300_000);

  it('leave out the separation where nobody sings, unless it is insisted upon', async () => {
    await inTempFolder(async (folder) => {
      // Long enough to be looked at, two plain tones.
      const tone = sine(196, 44_100, 72, 0.3).map((x, i) => x + 0.2 * Math.sin(i / 9));
      const song = await write(folder, 'tones.wav', wavFile(encodeSamples([tone], 16)));
      const engine = new Engine({ device: 'cpu' });
      const { stagesOf, written } = makeStore();
      const looked = await engine.hear(song, { separate: 'auto', stagesOf });
      expect(looked.evidence.voiceFrames).toBeGreaterThan(4000);
      expect(isVoiceless(looked.evidence)).toBe(true);
      await engine.hear(song, { separate: 'auto', stagesOf });
      expect(written).toEqual(['notes', 'chords', 'voice']);
      await engine.hear(song, { separate: 'always', stagesOf });
      expect(written).toEqual(['notes', 'chords', 'voice', 'voice']);
      await engine.close();
    });
  }, 300_000);
});
