import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import * as z from 'zod';
import { SongleafError } from '../contract/errors.ts';
import { DEFAULT_NAMES } from '../contract/export.ts';
import { scoreOptionsSchema } from '../contract/score-options.ts';
import type { RelayedEngine } from './dispatch.ts';
import { exportTakes, type PageDrawer, planExport } from './export-takes.ts';

/** A take as one MusicXML file, to be opened elsewhere or dragged there. */
export const takeFileSchema = z.strictObject({
  takeId: z.string().regex(/^[0-9a-f]{64}$/),
  names: z.string().trim().min(1).max(300).default(DEFAULT_NAMES),
  options: scoreOptionsSchema.optional(),
});
export type TakeFile = z.infer<typeof takeFileSchema>;

const noPages: PageDrawer = {
  svg: () => Promise.reject(new Error('No pages are drawn here.')),
  pdf: () => Promise.reject(new Error('No pages are drawn here.')),
};

/** Writes a take's MusicXML into a folder of its own under `parent`. @returns the file. Throws what an export throws */
export async function writeTakeFile(engine: RelayedEngine, take: TakeFile, parent: string): Promise<string> {
  const request = {
    ...take,
    id: 'take',
    takeIds: [take.takeId],
    formats: ['musicxml' as const],
    mix: 'piano' as const,
  };
  const files = await planExport(engine, request);
  // Two takes may have the same name.
  const folder = path.join(parent, take.takeId.slice(0, 16));
  await mkdir(folder, { recursive: true });
  const { signal } = new AbortController();
  const target = { folder, name: files[0]!.name };
  const { paths, failed } = await exportTakes(engine, noPages, request, files, target, { signal });
  const [file] = paths;
  if (file !== undefined) return file;
  const { code, message, hint } = failed[0]!.error;
  throw new SongleafError(code, message, hint);
}
