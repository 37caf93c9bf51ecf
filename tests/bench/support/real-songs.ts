import { existsSync } from 'node:fs';
import { mkdir, open, rename } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { decodeToMono } from '../../../main/engine/audio/decode-to-mono.ts';
import { SAMPLE_RATE } from '../../../main/engine/transcription/evidence.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const sectoid = path.join(root, '.cache', 'sectoid');
const mixes = path.join(root, '.cache', 'bench');

export interface RealSong {
  name: string;
  /** A file that Songleaf can read. */
  audio: string;
  /** The tempo chart, where there is one that lines up. */
  chart: string | null;
}

export const fishin: RealSong = {
  name: "Let's Go Fishin'",
  audio: path.join(root, 'tests', 'fixtures', 'lets_go_fishin.ogg'),
  chart: null,
};

/** Sectoid's songs whose charts line up with the recording (Metal madness's does not). */
const charted = ['Escape from chaosland', 'Feelings', 'War of freedom'];

/**
 * Sectoid's songs (Debian's fretsonfire-songs-sectoid, fetched into .cache by `npm test`), song and guitar stem mixed.
 * Empty, with a sentence on stderr, where they are not there.
 */
export async function mixSectoid(): Promise<RealSong[]> {
  if (!existsSync(sectoid)) {
    process.stderr.write('skipped: .cache/sectoid is not there (npm test fetches it where apt is)\n');
    return [];
  }
  const songs: RealSong[] = [];
  for (const name of charted) {
    const folder = path.join(sectoid, name);
    const audio = path.join(mixes, `${name}.wav`);
    if (!existsSync(audio)) {
      const stems = await Promise.all(
        ['song.ogg', 'guitar.ogg'].map((stem) => readMono(path.join(folder, stem))),
      );
      const mix = new Float32Array(Math.max(...stems.map((stem) => stem.length)));
      for (const stem of stems) {
        for (let i = 0; i < stem.length; i++) mix[i] += stem[i];
      }
      await writeWav(audio, mix.length, () => [mix]);
    }
    songs.push({ name, audio, chart: path.join(folder, 'notes.mid') });
  }
  return songs;
}

/** A song of a given length, by repeating one: for the growth of cost with length. */
export async function stretchSong(song: RealSong, minutes: number): Promise<string> {
  const file = path.join(mixes, `${path.basename(song.audio, path.extname(song.audio))}-${minutes}min.wav`);
  if (existsSync(file)) return file;
  const once = await readMono(song.audio);
  const samples = Math.round(minutes * 60 * SAMPLE_RATE);
  await writeWav(file, samples, function* () {
    for (let i = 0; i < samples; i += once.length) yield once.subarray(0, samples - i);
  });
  return file;
}

/** The whole recording as mono audio at 22,050 Hz. */
export async function readMono(file: string): Promise<Float32Array> {
  const blocks: Float32Array[] = [];
  for await (const block of decodeToMono(file, { sampleRate: SAMPLE_RATE })) blocks.push(block);
  const audio = new Float32Array(blocks.reduce((sum, block) => sum + block.length, 0));
  let position = 0;
  for (const block of blocks) {
    audio.set(block, position);
    position += block.length;
  }
  return audio;
}

/** Writes 32-bit float WAV, part by part. */
async function writeWav(file: string, samples: number, parts: () => Iterable<Float32Array>): Promise<void> {
  const head = Buffer.alloc(44);
  head.write('RIFF', 0, 'latin1');
  head.writeUInt32LE(36 + samples * 4, 4);
  head.write('WAVEfmt ', 8, 'latin1');
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(3, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(SAMPLE_RATE, 24);
  head.writeUInt32LE(SAMPLE_RATE * 4, 28);
  head.writeUInt16LE(4, 32);
  head.writeUInt16LE(32, 34);
  head.write('data', 36, 'latin1');
  head.writeUInt32LE(samples * 4, 40);
  await mkdir(path.dirname(file), { recursive: true });
  const out = await open(`${file}.part`, 'w');
  await out.write(head);
  for (const part of parts()) await out.write(Buffer.from(part.buffer, part.byteOffset, part.byteLength));
  await out.close();
  await rename(`${file}.part`, file);
}
