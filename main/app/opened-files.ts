import fs from 'node:fs';
import path from 'node:path';
import { isAudioFile } from '../engine/audio/formats.ts';

/**
 * Songs among the arguments of a start ("open with Songleaf"). Arguments are data: switches are passed over, and what is
 * no audio file of this computer is left out.
 * @param folder what relative names start from
 */
export function songsOf(args: readonly string[], folder: string): string[] {
  const songs: string[] = [];
  for (const arg of args) {
    if (arg.startsWith('-') || arg.includes('\0') || /^[a-z][a-z0-9+.-]+:\/\//i.test(arg)) continue;
    const file = path.resolve(folder, arg);
    if (!isAudioFile(file) || !isFile(file) || songs.includes(file)) continue;
    songs.push(file);
  }
  return songs;
}

function isFile(file: string): boolean {
  try {
    return fs.statSync(file).isFile();
  } catch {
    return false;
  }
}

/** Holds songs that were opened with the app while no page is there to tell what became of them. */
export class OpenedFiles {
  #waiting: string[] = [];
  #take: ((files: string[]) => void) | null = null;

  add(files: readonly string[]): void {
    if (files.length === 0) return;
    this.#waiting.push(...files);
    this.#hand();
  }

  /** From now on files are handed over as they come. */
  giveTo(take: (files: string[]) => void): void {
    this.#take = take;
    this.#hand();
  }

  /** From now on files are held again. */
  hold(): void {
    this.#take = null;
  }

  get waiting(): boolean {
    return this.#waiting.length > 0;
  }

  #hand(): void {
    if (this.#take === null || this.#waiting.length === 0) return;
    const files = this.#waiting;
    this.#waiting = [];
    this.#take(files);
  }
}
