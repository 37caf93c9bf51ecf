import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { Arrangement } from '../../contract/arrangement.ts';
import { SongleafError } from '../../contract/errors.ts';
import { scoreOfPrint } from '../../engine/outputs.ts';
import { importMusic } from '../../engine/score/import/import-music.ts';
import { readScoreFile } from '../../engine/score/import/read-score.ts';
import { writeMxl } from '../../engine/score/mxl.ts';
import { type EngraveFormat, isPageFormat } from '../formats.ts';
import { OutputFiles } from '../output-files.ts';
import { drawSvgPages } from '../pages/draw-pages.ts';
import { readScoreFlags, type ScoreFlags } from '../score-flags.ts';
import { forEachSong } from './each-song.ts';

export interface EngraveFlags extends ScoreFlags {
  out: string;
  format: EngraveFormat[];
  keepKey?: boolean;
  json?: boolean;
}

/** `songleaf engrave`: writes NAME.musicxml (or the chosen formats) of scores and MIDI files, engraved afresh. */
export async function engraveCommand(
  files: string[],
  flags: EngraveFlags,
  signal: AbortSignal,
): Promise<void> {
  const options = readScoreFlags(flags);
  const drawing = { largePrint: options.largePrint, signal };
  await mkdir(flags.out, { recursive: true });
  await forEachSong(files, { json: flags.json ?? false, signal }, async (file, name) => {
    const bytes = await readScoreFile(file);
    const arrangement = importMusic(bytes, file, { keepKeys: flags.keepKey ?? false });
    const score = scoreOfPrint(arrangement, options);
    const output = new OutputFiles(flags.out);
    const write = async (ending: string, content: Uint8Array) => {
      refuseToReplace(file, path.join(flags.out, `${name}.${ending}`));
      await output.write(`${name}.${ending}`, content);
    };
    const pages = flags.format.some(isPageFormat) ? await drawSvgPages(score, drawing) : [];
    for (const format of flags.format) {
      if (isPageFormat(format)) await output.writePages(name, format, pages, signal);
      else await write(format, format === 'mxl' ? writeMxl(score, 'score.musicxml') : Buffer.from(score));
    }
    return { files: output.paths, notes: [], ...describe(arrangement) };
  });
}

/** The source is somebody's own work: it is never written over. */
function refuseToReplace(source: string, target: string): void {
  if (path.resolve(source) !== path.resolve(target)) return;
  throw new SongleafError(
    'bad-request',
    `${path.basename(source)} would be written over.`,
    'Choose another folder with --out.',
  );
}

function describe({ song, bars, keys, notes }: Arrangement) {
  return {
    title: song.title,
    bars: bars.length,
    tonic: keys[0]!.tonic,
    mode: keys[0]!.mode,
    count: notes.length,
  };
}
