import type { ExportRequest } from '../main/contract/export.ts';
import type { NotificationText, ShellWords, WorkShown } from '../main/shell/shell-words.ts';
import type { TakeFile } from '../main/shell/take-file.ts';
import type { PageCallName, Reply } from '../main/shell/wire.ts';

/** Argument that makes a window a decoder instead of Songleaf's page. */
export const DECODER_ROLE = '--songleaf-decoder';

/** What a menu of the app can ask of the window. */
export const menuCommands = [
  'pick-songs',
  'settings',
  'show-score',
  'show-takes',
  'show-compare',
  'show-song',
  'show-queue',
  'palette',
  'shortcuts',
  'changes',
  'about',
] as const;
export type MenuCommand = (typeof menuCommands)[number];

/**
 * All that the page can reach of the app, as `window.songleaf`. Every function answers with a `Reply`: an error's
 * fields would be lost on the way. No Electron object and no channel name passes through.
 */
export interface SongleafApi {
  call(name: PageCallName, input: unknown): Promise<Reply>;
  /** Listens to everything the engine tells; returns the function that stops it. */
  onEvent(listener: (message: unknown) => void): () => void;
  onMenu(listener: (command: MenuCommand) => void): () => void;
  /** Opens the dialog for songs and adds what was chosen. */
  pickSongs(): Promise<Reply>;
  /** Adds files that were dropped on the window. A file made by a script has no path and is refused. */
  importDropped(files: File[]): Promise<Reply>;
  /** Tells what became of songs that were opened with the app, each time as a reply. */
  onOpened(listener: (reply: unknown) => void): () => void;
  /** Tells the app what its menus and dialogs say; the page is ready then. */
  tellWords(words: ShellWords): Promise<Reply>;
  /** How far the work is, for the taskbar. */
  showWork(work: WorkShown): Promise<Reply>;
  /** Says something through the system. False where the person looks at the window anyway. */
  notify(text: NotificationText): Promise<Reply>;
  /** Asks for a library's folder and opens the library in it. */
  chooseLibrary(): Promise<Reply>;
  /** Asks for a folder and adds what is in it. */
  pickFolder(): Promise<Reply>;
  /** Asks where the song's recording lies now. */
  locateSong(songId: string): Promise<Reply>;
  /** Asks for a folder and looks for missing recordings in it. */
  findMoved(): Promise<Reply>;
  /** Asks where to and writes takes there. */
  exportTakes(request: ExportRequest): Promise<Reply>;
  cancelExport(exportId: string): Promise<Reply>;
  /** Shows what was written in the file manager. */
  showExport(exportId: string): Promise<Reply>;
  /** Opens the take in the program that the system has for MusicXML. */
  openTake(take: TakeFile): Promise<Reply>;
  /** Makes the file that a drag may ask for next. */
  prepareDrag(take: TakeFile): Promise<Reply>;
  /** Drags the take out of the window as a file. */
  dragTake(take: TakeFile): Promise<Reply>;
}
