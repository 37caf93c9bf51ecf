import path from 'node:path';
import type { IpcMainInvokeEvent } from 'electron';
import * as z from 'zod';
import { channels } from '../../../preload/channels.ts';
import { SongleafError } from '../../contract/errors.ts';
import {
  type ExportProgress,
  type ExportRequest,
  type ExportResult,
  exportRequestSchema,
} from '../../contract/export.ts';
import type { RelayedEngine } from '../../shell/dispatch.ts';
import { exportTakes, type PageDrawer, planExport } from '../../shell/export-takes.ts';
import { RunningExports } from '../../shell/running-exports.ts';
import { type TakeFile, takeFileSchema, writeTakeFile } from '../../shell/take-file.ts';
import { type Told, told } from '../router.ts';

/** What of the system these calls need: dialogs over the window that asks, the file manager, other programs. */
export interface FileSurroundings {
  engine: RelayedEngine;
  draw: PageDrawer;
  /** A folder for files that are only handed on. */
  temporary: () => string;
  /** Null where the person closed the dialog. */
  askForFolder: (event: IpcMainInvokeEvent) => Promise<string | null>;
  askForSong: (event: IpcMainInvokeEvent) => Promise<string | null>;
  askWhereToSave: (event: IpcMainInvokeEvent, name: string) => Promise<string | null>;
  /** Shows a file in its folder. */
  show: (file: string) => void;
  /** Opens a file in the program that the system has for it. @returns why not, empty where it was opened */
  open: (file: string) => Promise<string>;
  /** Begins to drag a file out of the window. */
  drag: (event: IpcMainInvokeEvent, file: string) => void;
  tell: (event: IpcMainInvokeEvent, progress: ExportProgress) => void;
}

const idSchema = z.string().min(1).max(200);

/** What a page asks of the app about files: songs that it finds again, takes that it writes, opens and hands on. */
export function fileCalls(surroundings: FileSurroundings): Told[] {
  const { engine } = surroundings;
  const exports = new RunningExports();
  /** Files that were made for a drag, by what they are of. */
  const prepared = new Map<string, Promise<string>>();

  /** Made anew each time: a take can be mended meanwhile. */
  function prepare(take: TakeFile): Promise<string> {
    const key = JSON.stringify(take);
    if (prepared.size >= 100) prepared.clear();
    const made = writeTakeFile(engine, take, path.join(surroundings.temporary(), 'drag'));
    prepared.set(key, made);
    made.catch(() => prepared.delete(key));
    return made;
  }

  return [
    told(channels.pickFolder, z.undefined(), async (event) => {
      const folder = await surroundings.askForFolder(event);
      return folder === null ? null : engine.call('songs.import', { paths: [folder] });
    }),
    told(channels.locateSong, idSchema, async (event, songId) => {
      const file = await surroundings.askForSong(event);
      return file === null ? null : engine.call('songs.relink', { songId, path: file });
    }),
    told(channels.findMoved, z.undefined(), async (event) => {
      const folder = await surroundings.askForFolder(event);
      return folder === null ? null : engine.call('songs.findMoved', { paths: [folder] });
    }),
    told(channels.exportTakes, exportRequestSchema, (event, request) =>
      writeExport(surroundings, exports, event, request),
    ),
    told(channels.cancelExport, idSchema, (_event, id) => exports.cancel(id)),
    told(channels.showExport, idSchema, (_event, id) => surroundings.show(exports.firstFile(id))),
    told(channels.openTake, takeFileSchema, async (_event, take) => {
      const file = await writeTakeFile(engine, take, path.join(surroundings.temporary(), 'open'));
      const refusal = await surroundings.open(file);
      if (refusal !== '') throw noProgram(file, refusal);
    }),
    told(channels.prepareDrag, takeFileSchema, async (_event, take) => void (await prepare(take))),
    told(channels.dragTake, takeFileSchema, async (event, take) =>
      surroundings.drag(event, await (prepared.get(JSON.stringify(take)) ?? prepare(take))),
    ),
  ];
}

/** @returns null where the person closed the dialog */
async function writeExport(
  { engine, draw, askForFolder, askWhereToSave, tell }: FileSurroundings,
  exports: RunningExports,
  event: IpcMainInvokeEvent,
  request: ExportRequest,
): Promise<ExportResult | null> {
  const files = await planExport(engine, request);
  const [only] = files;
  // Pages become several files.
  const isOne = files.length === 1 && only!.format !== 'svg';
  const chosen = isOne ? await askWhereToSave(event, only!.name) : await askForFolder(event);
  if (chosen === null) return null;
  const target = isOne ? { folder: path.dirname(chosen), name: path.basename(chosen) } : { folder: chosen };
  const { paths: _, ...exported } = await exports.run(request.id, (signal) =>
    exportTakes(engine, draw, request, files, target, {
      signal,
      onProgress: (progress) => tell(event, progress),
    }),
  );
  return { ...exported, id: request.id, folder: path.basename(target.folder), download: null };
}

function noProgram(file: string, reason: string): SongleafError {
  return new SongleafError(
    'program-missing',
    `No program opened ${path.basename(file)} (${reason.trim().replace(/\.$/, '')}).`,
    'Install a notation program such as MuseScore and let it open MusicXML files, or export the take and open it from there.',
  );
}
