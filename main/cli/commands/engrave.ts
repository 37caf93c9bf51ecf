import type { Arrangement } from '../../contract/arrangement.ts';
import { scoreOfPrint } from '../../engine/outputs.ts';
import { importMusic } from '../../engine/score/import/import-music.ts';
import { readScoreFile } from '../../engine/score/import/read-score.ts';
import { writeMxl } from '../../engine/score/mxl.ts';
import { type EngraveFormat, isPageFormat } from '../formats.ts';
import { OutputFiles } from '../output-files.ts';
import { makeOutputFolder } from '../output-folder.ts';
import { drawSvgPages } from '../pages/draw-pages.ts';
import { readScoreFlags, type ScoreFlags } from '../score-flags.ts';
import { findPlaces } from '../sources.ts';
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
  await makeOutputFolder(flags.out);
  const sources = await findPlaces(files);
  await forEachSong(files, { json: flags.json ?? false, signal }, async (file, name) => {
    const arrangement = importMusic(await readScoreFile(file), file, { keepKeys: flags.keepKey ?? false });
    const score = scoreOfPrint(arrangement, options);
    const output = new OutputFiles(flags.out, sources);
    const pages = flags.format.some(isPageFormat) ? await drawSvgPages(score, drawing) : [];
    for (const format of flags.format) {
      if (isPageFormat(format)) await output.writePages(name, format, pages, signal);
      else {
        const bytes = format === 'mxl' ? writeMxl(score, 'score.musicxml') : Buffer.from(score);
        await output.write(`${name}.${format}`, bytes);
      }
    }
    return { files: output.paths, notes: [], ...describe(arrangement) };
  });
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
