import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { SongleafError } from '../../contract/errors.ts';
import { type ExportProgress, type ExportResult, exportRequestSchema } from '../../contract/export.ts';
import { guardWriting } from '../../engine/guard-writing.ts';
import type { RelayedEngine } from '../../shell/dispatch.ts';
import { type Exported, exportTakes, planExport } from '../../shell/export-takes.ts';
import { RunningExports } from '../../shell/running-exports.ts';
import { drawPdf, drawSvgPages } from '../pages/draw-pages.ts';
import { zipFiles } from './zip-files.ts';

/** Exports whose files are kept for the browser to fetch. */
const KEPT = 4;

/** Files for a browser to keep: made in a folder of their own, fetched as one, gone when the server is. */
export class BrowserExports {
  readonly #engine: RelayedEngine;
  readonly #tell: (progress: ExportProgress) => void;
  readonly #running = new RunningExports();
  /** What can be fetched, by the export's id; oldest first. */
  readonly #made = new Map<string, { folder: string; file: string }>();

  constructor(engine: RelayedEngine, tell: (progress: ExportProgress) => void) {
    this.#engine = engine;
    this.#tell = tell;
  }

  /** Writes takes. @throws SongleafError `bad-request`, what the engine throws, `file-unwritable` */
  async run(input: unknown, gone: AbortSignal): Promise<ExportResult> {
    const parsed = exportRequestSchema.safeParse(input);
    if (!parsed.success) {
      throw new SongleafError('bad-request', 'This is no export that Songleaf knows.', 'Reload the page.');
    }
    const request = parsed.data;
    const files = await planExport(this.#engine, request);
    const prefix = path.join(tmpdir(), 'songleaf-export-');
    const folder = await guardWriting(prefix, () => mkdtemp(prefix));
    try {
      const { paths, ...exported } = await this.#running.run(request.id, async (signal) => {
        const stop = () => this.#running.cancel(request.id);
        gone.addEventListener('abort', stop);
        if (gone.aborted) stop();
        const done = await exportTakes(
          this.#engine,
          { svg: drawSvgPages, pdf: drawPdf },
          request,
          files,
          { folder },
          {
            signal,
            onProgress: this.#tell,
          },
        );
        gone.removeEventListener('abort', stop);
        return await this.#pack(done, folder, signal);
      });
      const [file] = paths;
      if (file === undefined || exported.cancelled) {
        await rm(folder, { recursive: true, force: true });
        return { ...exported, id: request.id, folder: null, download: null };
      }
      await this.#keep(request.id, folder, file);
      const download = `exports/${request.id}/${encodeURIComponent(path.basename(file))}`;
      return { ...exported, id: request.id, folder: null, download };
    } catch (error) {
      await rm(folder, { recursive: true, force: true });
      throw error;
    }
  }

  /** The file of an export, or null. */
  file(id: string): string | null {
    return this.#made.get(id)?.file ?? null;
  }

  async close(): Promise<void> {
    this.#running.cancelAll();
    const folders = [...this.#made.values()].map(({ folder }) => folder);
    this.#made.clear();
    for (const folder of folders) await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  }

  /** A browser keeps one file at a time without asking: several become one. */
  async #pack(exported: Exported, folder: string, signal: AbortSignal): Promise<Exported> {
    if (exported.paths.length < 2 || exported.cancelled) return exported;
    const target = path.join(folder, `Songleaf (${exported.paths.length} files).zip`);
    try {
      await zipFiles(exported.paths, target, signal);
    } catch (error) {
      if (signal.aborted) return { ...exported, cancelled: true };
      throw error;
    }
    for (const file of exported.paths) await rm(file, { force: true });
    return { ...exported, paths: [target] };
  }

  async #keep(id: string, folder: string, file: string): Promise<void> {
    this.#made.set(id, { folder, file });
    for (const [old, { folder: unused }] of [...this.#made].slice(0, -KEPT)) {
      this.#made.delete(old);
      await rm(unused, { recursive: true, force: true, maxRetries: 3 });
    }
  }
}
