import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { decodeToStereo } from '../../../main/engine/audio/decode-to-stereo.ts';
import { VOICE_BAND } from '../../../main/engine/separation/band.ts';
import { hearVoice } from '../../../main/engine/separation/hear-voice.ts';
import { readSong } from '../../../main/engine/song-file.ts';
import { realSong } from '../audio/helpers.ts';
import { options } from './passages.ts';

const sectoid = fileURLToPath(new URL('../../../.cache/sectoid/', import.meta.url));

/** Whether the whole song would be separated: told by where the first reading of it ends. */
async function isSung(file: string): Promise<boolean> {
  const { duration } = await readSong(file);
  let readings = 0;
  const stop = new AbortController();
  const read = () => {
    readings++;
    // The second reading is the separation of the whole song.
    if (readings === 2) stop.abort();
    return decodeToStereo(file, { sampleRate: VOICE_BAND.rate });
  };
  await hearVoice(read, false, { ...options, signal: stop.signal, expectedSeconds: duration }).catch(
    (error) => {
      if (!stop.signal.aborted) throw error;
    },
  );
  return readings === 2;
}

describe('whether anybody sings', () => {
  it('is seen in a song with a singer', async () => {
    expect(await isSung(realSong)).toBe(true);
  });

  it.skipIf(!existsSync(sectoid)).each(['Escape from chaosland', 'Feelings'])(
    'is not seen in %s, which is instrumental (needs fretsonfire-songs-sectoid in .cache)',
    async (song) => {
      expect(await isSung(path.join(sectoid, song, 'song.ogg'))).toBe(false);
    },
  );
});
