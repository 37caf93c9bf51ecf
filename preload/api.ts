import type { AudioFormat, AudioMix } from '../main/contract/audio.ts';
import type { ExportFormat } from '../main/contract/calls.ts';
import type { ScoreOptions } from '../main/contract/score-options.ts';
import type { PageCallName, Reply } from '../main/shell/wire.ts';

/** Argument that makes a window a decoder instead of Songleaf's page. */
export const DECODER_ROLE = '--songleaf-decoder';

/** What a menu of the app can ask of the window. */
export const menuCommands = ['pick-songs'] as const;
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
  /** Asks where to and writes the take there. */
  /** Plays the take into a sound file and asks where to put it. */
  saveAudio(takeId: string, format: AudioFormat, mix: AudioMix): Promise<Reply>;
  saveExport(takeId: string, format: ExportFormat, options: ScoreOptions): Promise<Reply>;
}
