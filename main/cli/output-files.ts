import path from 'node:path';
import type { Analysis } from '../contract/analysis.ts';
import type { Arrangement } from '../contract/arrangement.ts';
import type { ExportFormat } from '../contract/calls.ts';
import { isPerTake, writeOutput } from '../engine/outputs.ts';
import { writeWholeFile } from '../shell/write-file.ts';

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

  /** Writes a take as NAME.takeK.FORMAT and, with the first take, what describes the whole song as NAME.FORMAT. */
  async writeTake(
    name: string,
    take: number,
    formats: readonly ExportFormat[],
    arrangement: Arrangement,
    analysis: Analysis,
  ): Promise<void> {
    for (const format of formats) {
      if (!isPerTake(format) && take > 1) continue;
      const { bytes } = writeOutput(format, arrangement, analysis);
      await this.write(isPerTake(format) ? `${name}.take${take}.${format}` : `${name}.${format}`, bytes);
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
