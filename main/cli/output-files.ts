import path from 'node:path';
import type { Analysis } from '../contract/analysis.ts';
import type { Arrangement } from '../contract/arrangement.ts';
import type { PageFormat } from '../contract/export.ts';
import type { ScoreOptions } from '../contract/score-options.ts';
import { isPerTake, scoreOf, writeOutput } from '../engine/outputs.ts';
import { writeWholeFile } from '../shell/write-file.ts';
import { type FileFormat, isPageFormat } from './formats.ts';
import { drawSvgPages, printPages } from './pages/draw-pages.ts';
import { refuseToReplace } from './sources.ts';

/** Files of a take without their extensions. */
export interface TakeNames {
  take: string;
  /** Of what describes the whole song; null with takes after the first. */
  song: string | null;
}

/** NAME.takeK, and NAME with the first take. */
export function numberTake(name: string, take: number): TakeNames {
  return { take: `${name}.take${take}`, song: take === 1 ? name : null };
}

/** What a command writes for one song into one folder. */
export class OutputFiles {
  /** Paths written so far. */
  readonly paths: string[] = [];
  readonly folder: string;
  readonly #sources: ReadonlySet<string>;

  /** @param sources places of files that are never written over (`findPlaces`) */
  constructor(folder: string, sources: ReadonlySet<string> = new Set()) {
    this.folder = folder;
    this.#sources = sources;
  }

  /** Writes a whole file or nothing. @throws SongleafError `file-unwritable`, `bad-request` over a source */
  async write(name: string, bytes: Uint8Array): Promise<void> {
    await this.place(name, (file) => writeWholeFile(file, bytes));
  }

  /** Has a file written by who gets its path. @throws SongleafError `bad-request` over a source, and what that throws */
  async place(name: string, write: (file: string) => Promise<void>): Promise<void> {
    const file = path.join(this.folder, name);
    await refuseToReplace(this.#sources, file);
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

  /** Writes a take in formats, each page of a drawn one by itself, and where `names` says so what describes the whole song. */
  async writeTake(
    names: TakeNames,
    formats: readonly FileFormat[],
    music: { arrangement: Arrangement; readAnalysis: () => Analysis },
    options: ScoreOptions,
    signal?: AbortSignal,
  ): Promise<void> {
    const base = names.take;
    const drawing = { largePrint: options.largePrint, ...(signal ? { signal } : {}) };
    const pages = formats.some(isPageFormat)
      ? await drawSvgPages(scoreOf(music.arrangement, options), drawing)
      : [];
    for (const format of formats) {
      if (isPageFormat(format)) await this.writePages(base, format, pages, signal);
      else {
        const stem = isPerTake(format) ? base : names.song;
        if (stem === null) continue;
        const { bytes } = writeOutput(format, music.arrangement, music.readAnalysis, options);
        await this.write(`${stem}.${format}`, bytes);
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
