import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { decodeToMono } from '../../../main/engine/audio/decode-to-mono.ts';
import { song } from './places.ts';
import { wrapSamples } from './wav.ts';

const RATE = 22_050;

/** Writes passages of the real song as songs of their own, each with its title. */
export async function writeExcerpts(folder: string, count: number, seconds: number): Promise<string[]> {
  const wanted = count * seconds * RATE;
  const samples = new Int16Array(wanted);
  let filled = 0;
  for await (const block of decodeToMono(song)) {
    for (const sample of block.subarray(0, wanted - filled)) {
      samples[filled++] = Math.round(32_767 * Math.max(-1, Math.min(1, sample)));
    }
    if (filled === wanted) break;
  }
  const files: string[] = [];
  for (let i = 0; i < count; i++) {
    const file = path.join(folder, `passage-${i + 1}.wav`);
    const passage = samples.subarray(i * seconds * RATE, (i + 1) * seconds * RATE);
    await writeFile(file, wrapSamples(passage, RATE, { INAM: `Passage ${i + 1}`, IART: 'Karissa Hobbs' }));
    files.push(file);
  }
  return files;
}
