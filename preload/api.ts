import type { AudioFormat, AudioMix } from '../main/contract/audio.ts';
import type { ExportFormat } from '../main/contract/calls.ts';
import type { ScoreOptions } from '../main/contract/score-options.ts';
import type { NotificationText, ShellWords, WorkShown } from '../main/shell/shell-words.ts';
import type { PageCallName, Reply } from '../main/shell/wire.ts';

/** Argument that makes a window a decoder instead of Songleaf's page. */
export const DECODER_ROLE = '--songleaf-decoder';

/** What a menu of the app can ask of the window. */
export const menuCommands = [
  'pick-songs',
  'settings',
  'show-score',
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
  /** Plays the take into a sound file and asks where to put it. */
  saveAudio(takeId: string, format: AudioFormat, mix: AudioMix): Promise<Reply>;
  /** Asks where to and writes the take there. */
  saveExport(takeId: string, format: ExportFormat, options: ScoreOptions): Promise<Reply>;
}
