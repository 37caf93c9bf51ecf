import path from 'node:path';
import type { Analysis } from '../contract/analysis.ts';
import type { Arrangement } from '../contract/arrangement.ts';
import type { ScoreOptions } from '../contract/score-options.ts';
import { isPerTake, scoreOf, writeOutput } from '../engine/outputs.ts';
import { writeWholeFile } from '../shell/write-file.ts';
import { type FileFormat, isPageFormat, type PageFormat } from './formats.ts';
import { drawSvgPages, printPages } from './pages/draw-pages.ts';

/** What a command writes for one song into one folder. */
export class OutputFiles {
  /** Paths written so far. */
  readonly paths: string[] = [];
  readonly folder: string;

  constructor(folder: string) {
    this.folder = folder;
  }

  /** Writes a whole file or nothing. @throws SongleafError `file-unwritable` */
  async write(name: string, bytes: Uint8Array): Promise<void> {
    await this.place(name, (file) => writeWholeFile(file, bytes));
  }

  /** Has a file written by who gets its path. Throws what that throws. */
  async place(name: string, write: (file: string) => Promise<void>): Promise<void> {
    const file = path.join(this.folder, name);
    await write(file);
    this.paths.push(file);
  }

  /** Writes drawn pages as NAME.pdf, or each as NAME.pageP.svg. */
  async writePages(
    name: string,
    format: PageFormat,
    pages: readonly string[],
    signal?: AbortSignal,
  ): Promise<void> {
    if (format === 'pdf') return await this.write(`${name}.pdf`, await printPages(pages, signal));
    for (const [at, page] of pages.entries()) {
      await this.write(`${name}.page${at + 1}.svg`, Buffer.from(page));
    }
  }

  /**
   * Writes a take as NAME.takeK.FORMAT (each page of it as NAME.takeK.pageP.svg) and, with the first take, what
   * describes the whole song as NAME.FORMAT.
   */
  async writeTake(
    name: string,
    take: number,
    formats: readonly FileFormat[],
    music: { arrangement: Arrangement; analysis: Analysis },
    options: ScoreOptions,
    signal?: AbortSignal,
  ): Promise<void> {
    const base = `${name}.take${take}`;
    const drawing = { largePrint: options.largePrint, ...(signal ? { signal } : {}) };
    const pages = formats.some(isPageFormat)
      ? await drawSvgPages(scoreOf(music.arrangement, options), drawing)
      : [];
    for (const format of formats) {
      if (isPageFormat(format)) await this.writePages(base, format, pages, signal);
      else if (isPerTake(format) || take === 1) {
        const { bytes } = writeOutput(format, music.arrangement, music.analysis, options);
        await this.write(isPerTake(format) ? `${base}.${format}` : `${name}.${format}`, bytes);
      }
    }
  }
}

/**
 * A name that no earlier song of a run has: a number is added where two would share it.
 * @param taken names given so far, to which this one is added
 */
export function takeName(base: string, taken: Set<string>): string {
  let name = base;
  // Compared without case: some file systems do not tell Song from song.
  for (let n = 2; taken.has(name.toLowerCase()); n++) name = `${base}-${n}`;
  taken.add(name.toLowerCase());
  return name;
}
