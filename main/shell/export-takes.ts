import { existsSync } from 'node:fs';
import path from 'node:path';
import { audioFormatSchema } from '../contract/audio.ts';
import { type CallName, type CallOutput, calls } from '../contract/calls.ts';
import { SongleafError, toErrorReport } from '../contract/errors.ts';
import {
  type ExportProgress,
  type ExportRequest,
  type ExportResult,
  exportFormatSchema,
} from '../contract/export.ts';
import {
  endingOf,
  freeName,
  type NamedFile,
  nameExports,
  nameFields,
  pageName,
  unknownFields,
} from '../contract/export-names.ts';
import type { RelayedEngine } from './dispatch.ts';
import { copyWholeFile, writeWholeFile } from './write-file.ts';

/** Draws a score on A4 pages: what only a browser can, of whatever kind the shell has. */
export interface PageDrawer {
  /** @throws SongleafError `browser-missing`, `score-invalid`, `cancelled`, `internal` */
  svg(musicxml: string, options: { largePrint: boolean; signal: AbortSignal }): Promise<string[]>;
  /** Throws like `svg`. */
  pdf(musicxml: string, options: { largePrint: boolean; signal: AbortSignal }): Promise<Uint8Array>;
}

export interface ExportTarget {
  folder: string;
  /** The one file's name, where a person chose it; what is there then may be written over. */
  name?: string;
}

export interface ExportTools {
  signal: AbortSignal;
  onProgress?: (progress: ExportProgress) => void;
}

/** What became of each file, and where the written ones lie. */
export type Exported = Pick<ExportResult, 'written' | 'failed' | 'cancelled'> & { paths: string[] };

/** The files that a request asks for. @throws SongleafError `bad-request` where it makes no sense, and what the engine throws */
export async function planExport(engine: RelayedEngine, request: ExportRequest): Promise<NamedFile[]> {
  const [unknown] = unknownFields(request.names);
  if (unknown !== undefined) {
    throw new SongleafError(
      'bad-request',
      `Nothing is called {${unknown}} that a file could be named after.`,
      `There are ${nameFields.map((field) => `{${field}}`).join(', ')}.`,
    );
  }
  const isSound = request.formats.some((format) => audioFormatSchema.safeParse(format).success);
  if (isSound && request.mix !== 'piano' && (request.options?.transpose ?? 0) !== 0) {
    throw new SongleafError(
      'bad-request',
      'A transposed take does not go with the recording, which stays in its key.',
      'Take back the transposition, or export the piano alone.',
    );
  }
  const { takeIds } = request;
  const takes = await ask(engine, 'takes.select', { of: 'takes', takeIds });
  return nameExports(takes, request.formats, request.names, request.mix);
}

/**
 * Writes takes to files, one after the other. A file that cannot be made does not keep the others from being made; each is
 * whole or not there. Never throws for a single file; a cancel ends it with what was written by then.
 * @param files of `planExport`
 */
export async function exportTakes(
  engine: RelayedEngine,
  draw: PageDrawer,
  request: ExportRequest,
  files: readonly NamedFile[],
  target: ExportTarget,
  tools: ExportTools,
): Promise<Exported> {
  const exported: Exported = { written: [], failed: [], cancelled: false, paths: [] };
  for (const [done, file] of files.entries()) {
    if (tools.signal.aborted) break;
    tools.onProgress?.({ id: request.id, done, total: files.length, name: file.name });
    try {
      await writeFile(engine, draw, request, file, target, tools.signal, (written) => {
        exported.written.push(path.basename(written));
        exported.paths.push(written);
      });
    } catch (error) {
      if (tools.signal.aborted) break;
      exported.failed.push({ name: file.name, error: toErrorReport(error) });
    }
  }
  exported.cancelled = tools.signal.aborted;
  return exported;
}

async function writeFile(
  engine: RelayedEngine,
  draw: PageDrawer,
  request: ExportRequest,
  { takeId, songId, format, name }: NamedFile,
  target: ExportTarget,
  signal: AbortSignal,
  onWritten: (path: string) => void,
): Promise<void> {
  const { mix } = request;
  const options = request.options ?? (await ask(engine, 'songs.scoreOptions', { songId }));
  const place = (wanted: string) => {
    if (target.name !== undefined) return path.join(target.folder, target.name);
    // What lies there from before is nobody's to write over.
    const isTaken = (each: string) => existsSync(path.join(target.folder, each));
    return path.join(target.folder, freeName(wanted, endingOf(format, mix), isTaken));
  };
  const put = async (wanted: string, bytes: Uint8Array) => {
    const file = place(wanted);
    signal.throwIfAborted();
    await writeWholeFile(file, bytes);
    onWritten(file);
  };
  const written = exportFormatSchema.safeParse(format);
  if (written.success) {
    const output = await until(
      signal,
      ask(engine, 'takes.export', { takeId, format: written.data, options }),
    );
    return put(name, Buffer.from(output.base64, 'base64'));
  }
  const sound = audioFormatSchema.safeParse(format);
  if (sound.success) {
    const { transpose } = options;
    const made = await until(
      signal,
      ask(engine, 'media.file', {
        kind: 'take',
        takeId,
        mix,
        format: sound.data,
        ...(transpose === 0 ? {} : { transpose }),
      }),
    );
    const file = place(name);
    await copyWholeFile(made.path, file);
    return onWritten(file);
  }
  const { musicxml } = await until(signal, ask(engine, 'takes.score', { takeId, options }));
  const drawing = { largePrint: options.largePrint, signal };
  if (format === 'pdf') return put(name, await draw.pdf(musicxml, drawing));
  for (const [at, page] of (await draw.svg(musicxml, drawing)).entries()) {
    await put(pageName(name, at + 1), Buffer.from(page));
  }
}

/** Goes on as soon as the export is cancelled; what the engine still makes stays in its cache. */
async function until<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  signal.throwIfAborted();
  const over = new AbortController();
  try {
    return await new Promise<T>((resolve, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason as Error), { signal: over.signal });
      work.then(resolve, reject);
    });
  } finally {
    over.abort();
  }
}

/** A call of the shell's own; what comes back is checked, because the shell acts on it. */
async function ask<N extends CallName>(
  engine: RelayedEngine,
  name: N,
  input: unknown,
): Promise<CallOutput<N>> {
  return calls[name].output.parse(await engine.call(name, calls[name].input.parse(input))) as CallOutput<N>;
}
