/**
 * Renders the piece that comes with Songleaf and writes it with its tags and its cover to `resources/example`:
 *
 *     node tools/example/compose.ts
 *
 * The sound is the same every time; ffmpeg with libvorbis (5.1 here) makes it small.
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { OUTPUT_RATE } from '../../main/engine/audio-out/render-piano.ts';
import { inRoot } from '../places.mjs';
import { drawCover } from './draw-cover.ts';
import { piece } from './piece.ts';
import { renderPiece } from './render.ts';

const folder = inRoot('resources', 'example');
const target = path.join(folder, 'paper-boats.ogg');
fs.mkdirSync(folder, { recursive: true });

const [left, right] = await renderPiece();
const samples = new Float32Array(2 * left.length);
for (let i = 0; i < left.length; i++) {
  samples[2 * i] = left[i];
  samples[2 * i + 1] = right[i];
}
const tags = {
  title: piece.title,
  artist: piece.artist,
  license: 'CC0-1.0',
  METADATA_BLOCK_PICTURE: pictureBlock(drawCover()).toString('base64'),
};
const ffmpeg = spawn(
  'ffmpeg',
  [
    ...['-hide_banner', '-loglevel', 'error', '-y'],
    ...['-f', 'f32le', '-ar', String(OUTPUT_RATE), '-ac', '2', '-i', 'pipe:0'],
    ...Object.entries(tags).flatMap(([name, value]) => ['-metadata', `${name}=${value}`]),
    ...['-fflags', '+bitexact', '-flags:a', '+bitexact', '-c:a', 'libvorbis', '-q:a', '4', target],
  ],
  { stdio: ['pipe', 'inherit', 'inherit'] },
);
ffmpeg.stdin.end(Buffer.from(samples.buffer));
const code = await new Promise((resolve) => ffmpeg.once('close', resolve));
if (code !== 0) throw new Error(`ffmpeg ended with code ${code}.`);
const bytes = fs.readFileSync(target);
console.log(`${target}: ${bytes.length} bytes, SHA-256 ${createHash('sha256').update(bytes).digest('hex')}`);

/** A picture as FLAC and Ogg keep it (RFC 9639, 8.8): the front cover. */
function pictureBlock(png: Buffer): Buffer {
  const number = (value: number) => {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32BE(value);
    return bytes;
  };
  const mime = Buffer.from('image/png');
  const [width, height] = [png.readUInt32BE(16), png.readUInt32BE(20)];
  return Buffer.concat([
    ...[number(3), number(mime.length), mime, number(0)],
    ...[number(width), number(height), number(24), number(0)],
    ...[number(png.length), png],
  ]);
}
