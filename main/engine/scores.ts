import { createHash } from 'node:crypto';
import fs from 'node:fs';
import type { Arrangement } from '../contract/arrangement.ts';
import { defaultScoreOptions, type ScoreOptions } from '../contract/score-options.ts';
import { writeFileDurably } from './library/durable-files.ts';
import type { Library } from './library/library.ts';
import { scoreOf } from './outputs.ts';
import { ENGINE_VERSION } from './version.ts';

/**
 * The engraved score of a take as MusicXML text. Engraving takes its time, so what was engraved is kept among the
 * library's media under what it was made from: the same music, the same options, the same engine.
 * @throws SongleafError what `scoreOf` throws
 */
export function openScore(
  library: Library,
  takeId: string,
  arrangement: Arrangement,
  options: ScoreOptions = defaultScoreOptions,
): string {
  const made = createHash('sha256').update(JSON.stringify([arrangement, options]));
  const name = `${made.digest('hex').slice(0, 32)}.musicxml`;
  const { media } = library;
  try {
    const known = media.find(takeId, ENGINE_VERSION, name);
    if (known !== null) return fs.readFileSync(known, 'utf8');
  } catch {
    // A cache that cannot be read is done without.
  }
  const text = scoreOf(arrangement, options);
  try {
    const place = media.place(takeId, ENGINE_VERSION, name);
    writeFileDurably(place, Buffer.from(text));
    media.trim(place);
  } catch {
    // Nor is one that cannot be written any reason to keep the score back.
  }
  return text;
}
