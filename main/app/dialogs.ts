import path from 'node:path';
import { type BrowserWindow, dialog } from 'electron';
import { safeFileName } from '../contract/file-name.ts';
import { audioExtensions } from '../engine/audio/formats.ts';

/** Asks for songs. Null where the person closed the dialog. */
export async function askForSongs(window: BrowserWindow): Promise<string[] | null> {
  const answer = await dialog.showOpenDialog(window, {
    title: 'Add songs',
    buttonLabel: 'Add',
    properties: ['openFile', 'multiSelections'],
    filters: [
      // Offered first only: the engine looks at a file's content.
      { name: 'Audio', extensions: [...audioExtensions] },
      { name: 'All files', extensions: ['*'] },
    ],
  });
  return answer.canceled || answer.filePaths.length === 0 ? null : answer.filePaths;
}

/** Asks where to save. Null where the person closed the dialog. */
export async function askWhereToSave(
  window: BrowserWindow,
  folder: string,
  name: string,
): Promise<string | null> {
  const offered = safeFileName(name, 'score');
  const extension = path.extname(offered).slice(1);
  const answer = await dialog.showSaveDialog(window, {
    title: 'Export',
    defaultPath: path.join(folder, offered),
    filters: extension === '' ? [] : [{ name: extension, extensions: [extension] }],
    properties: ['createDirectory', 'showOverwriteConfirmation'],
  });
  return answer.canceled || !answer.filePath ? null : answer.filePath;
}

/** Asks for a folder. Null where the person closed the dialog. */
export async function askForFolder(window: BrowserWindow): Promise<string | null> {
  const answer = await dialog.showOpenDialog(window, { properties: ['openDirectory', 'createDirectory'] });
  return answer.canceled ? null : (answer.filePaths[0] ?? null);
}

/** Asks for one recording. Null where the person closed the dialog. */
export async function askForSong(window: BrowserWindow): Promise<string | null> {
  const answer = await dialog.showOpenDialog(window, { properties: ['openFile'] });
  return answer.canceled ? null : (answer.filePaths[0] ?? null);
}
