import path from 'node:path';
import { type BrowserWindow, dialog } from 'electron';
import { safeFileName } from '../contract/file-name.ts';
import { audioExtensions } from '../engine/audio/formats.ts';
import type { ShellWords } from '../shell/shell-words.ts';

/** Asks for songs. Null where the person closed the dialog. */
export async function askForSongs(window: BrowserWindow, words: ShellWords | null): Promise<string[] | null> {
  const answer = await dialog.showOpenDialog(window, {
    ...(words ? { title: words.dialogAdd, buttonLabel: words.dialogAddButton } : {}),
    properties: ['openFile', 'multiSelections'],
    filters: [
      // Offered first only: the engine looks at a file's content.
      { name: words?.audioFiles ?? '', extensions: [...audioExtensions] },
      { name: words?.allFiles ?? '', extensions: ['*'] },
    ],
  });
  return answer.canceled || answer.filePaths.length === 0 ? null : answer.filePaths;
}

/** Asks where to save. Null where the person closed the dialog. */
export async function askWhereToSave(
  window: BrowserWindow,
  folder: string,
  name: string,
  words: ShellWords | null,
): Promise<string | null> {
  const offered = safeFileName(name, 'score');
  const extension = path.extname(offered).slice(1);
  const answer = await dialog.showSaveDialog(window, {
    ...(words ? { title: words.dialogExport } : {}),
    defaultPath: path.join(folder, offered),
    filters: extension === '' ? [] : [{ name: extension, extensions: [extension] }],
    properties: ['createDirectory', 'showOverwriteConfirmation'],
  });
  return answer.canceled || !answer.filePath ? null : answer.filePath;
}

/** Asks for the folder of a library. Null where the person closed the dialog. */
export async function askForLibrary(
  window: BrowserWindow,
  folder: string,
  words: ShellWords | null,
): Promise<string | null> {
  const answer = await dialog.showOpenDialog(window, {
    ...(words ? { title: words.dialogLibrary, buttonLabel: words.dialogLibraryButton } : {}),
    defaultPath: folder,
    properties: ['openDirectory', 'createDirectory'],
  });
  return answer.canceled ? null : (answer.filePaths[0] ?? null);
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
