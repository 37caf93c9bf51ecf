import fs from 'node:fs';
import path from 'node:path';
import * as z from 'zod';

const placeSchema = z.object({ folder: z.string().min(1) });

/** The folder of the library that a person chose; null where they chose none that can still be reached. */
export function readLibraryPlace(file: string): string | null {
  try {
    const { folder } = placeSchema.parse(JSON.parse(fs.readFileSync(file, 'utf8')));
    return path.isAbsolute(folder) ? folder : null;
  } catch {
    return null;
  }
}

export function writeLibraryPlace(file: string, folder: string): void {
  const temporary = `${file}.part`;
  fs.writeFileSync(temporary, JSON.stringify({ folder }));
  fs.renameSync(temporary, file);
}
