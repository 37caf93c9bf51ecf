/**
 * Writes what the network of key signatures is trained on (`models/songleaf_models/signatures`): songs of the OpenScore
 * Lieder (CC0) whose number ends in 0 to 4, seen as `findKeys` sees them. `songs.jsonl` has a line for each, its number and
 * the major tonics of its printed signatures bar by bar; `bars.f32` the views of all bars, one after the other, and
 * `whole.f32` those of the songs.
 * Usage: node tests/bench/fits/song-views.ts FOLDER
 */
import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { viewSong } from '../../../main/engine/score/import/key-features.ts';
import { listLieder, readLied } from '../support/engraving/lieder.ts';

const folder = parseArgs({ allowPositionals: true }).positionals[0]!;
mkdirSync(folder, { recursive: true });
const [songs, bars, whole] = ['songs.jsonl', 'bars.f32', 'whole.f32'].map((name) =>
  openSync(path.join(folder, name), 'w'),
) as [number, number, number];
for (const id of listLieder('01234')) {
  const lied = readLied(id);
  if (!lied || lied.played.notes.length === 0) continue;
  const views = viewSong(lied.played.notes, lied.print.layout.bars);
  const tonics = lied.print.fifths.map((fifths) => (((fifths * 7) % 12) + 12) % 12);
  writeSync(songs, `${JSON.stringify({ id, tonics })}\n`);
  for (const row of views.bars) writeSync(bars, Float32Array.from(row));
  writeSync(whole, Float32Array.from(views.song));
}
for (const file of [songs, bars, whole]) closeSync(file);
